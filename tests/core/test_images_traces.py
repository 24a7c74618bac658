from __future__ import annotations

import io
import json
import struct

import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from core import images
from core.imaging import tags, traces
from tests.core.image_files import (
    ARTIST,
    DESCRIPTION,
    FORMATS,
    MAKE,
    ORIENTATION,
    SECRET,
    archive,
    chunk,
    exif,
    exiftool,
    gif_of,
    phone_exif,
    png_texts,
    saved,
    scene,
)

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description photoshop:City="%s">'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>" % SECRET.encode()
)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
IPTC_BYLINE = b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET.encode()


def removed(data: bytes) -> list[str]:
    return images.process(io.BytesIO(data)).removed


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments: bytes) -> bytes:
    data = saved(scene(60, 40), "JPEG")
    return data[:2] + b"".join(segments) + data[2:]


def photoshop(number: int, value: bytes) -> bytes:
    value += b"\0" * (len(value) % 2)
    resource = b"8BIM" + struct.pack(">HHI", number, 0, len(value)) + value
    return segment(0xED, b"Photoshop 3.0\0" + resource)


def webp_with(kind: bytes, content: bytes) -> bytes:
    data = saved(scene(60, 40), "WEBP", exif=exif(main={ORIENTATION: 1}))
    data += kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def gif_with(block: bytes) -> bytes:
    return gif_of(1)[:-1] + block + b";"


def with_thumbnail() -> bytes:
    """Exif whose second directory holds a small JPEG, as every camera writes it."""
    thumbnail = saved(scene(16, 12), "JPEG")
    # One entry (Make), then a directory with the place and length of the thumbnail.
    head = b"MM\0*" + struct.pack(">I", 8)
    first = struct.pack(">HHHI4sI", 1, MAKE, 2, 4, b"abc\0", 26)
    second = struct.pack(">H", 2)
    second += struct.pack(">HHII", 0x0201, 4, 1, 56) + struct.pack(
        ">HHII", 0x0202, 4, 1, len(thumbnail)
    )
    return b"Exif\0\0" + head + first + second + struct.pack(">I", 0) + thumbnail


# What is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_phone_writes_is_told(format):
    data = saved(scene(60, 40), format, exif=phone_exif())

    assert removed(data) == ["location", "camera", "time"]


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_told_of_a_file_that_holds_nothing(format):
    assert removed(saved(scene(60, 40), format)) == []


def test_an_orientation_is_applied_and_not_told():
    assert removed(saved(scene(60, 40), "JPEG", exif=exif(main={ORIENTATION: 3}))) == []


@pytest.mark.parametrize(
    ("tags", "codes"),
    [
        ({"main": {ARTIST: SECRET}}, ["author"]),
        ({"main": {0x8298: SECRET}}, ["author"]),
        ({"main": {DESCRIPTION: SECRET}}, ["comment"]),
        ({"main": {0x9C9B: "x".encode("utf-16-le")}}, ["comment"]),
        ({"main": {0x0132: "2026:01:01 00:00:00"}}, ["time"]),
        ({"main": {0x0131: "Editor 3"}}, ["other"]),
        ({"main": {0xC4A5: b"anything"}}, ["other"]),
        ({"main": {0xA437: SECRET}}, ["author"]),
        ({"details": {0x9286: b"ASCII\0\0\0" + SECRET.encode()}}, ["comment"]),
        ({"details": {0x927C: b"maker's notes"}}, ["camera"]),
        ({"details": {0x829A: TiffImagePlugin.IFDRational(1, 60)}}, ["camera"]),
        ({"details": {0xA434: "A lens"}}, ["camera"]),
        ({"place": {29: "2026:01:01"}}, ["time"]),
        ({"place": {6: TiffImagePlugin.IFDRational(120, 1)}}, ["location"]),
        # What says nothing, as cameras write it.
        ({"place": {0: b"\2\3\0\0"}}, []),
        ({"main": {DESCRIPTION: "        "}}, []),
        ({"details": {0x9286: b"ASCII\0\0\0\0\0\0\0"}}, []),
        ({"main": {0x011A: TiffImagePlugin.IFDRational(72, 1)}, "details": {0xA001: 1}}, []),
    ],
)
def test_each_field_is_told_as_what_it_is(tags, codes):
    assert removed(saved(scene(60, 40), "JPEG", exif=exif(**tags))) == codes


@pytest.mark.parametrize(
    ("segments", "codes"),
    [
        ([segment(0xFE, SECRET.encode())], ["comment"]),
        ([segment(0xFE, b"\0\0")], []),
        ([segment(0xE1, with_thumbnail())], ["camera", "thumbnail"]),
        ([segment(0xE1, b"Exif\0\0MM\0*\0\0")], ["other"]),
        ([segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)], ["location"]),
        ([segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")], ["other"]),
        ([segment(0xE1, b"anything")], ["other"]),
        ([segment(0xE2, b"ICC_PROFILE\0\1\1" + SRGB)], ["profile"]),
        ([segment(0xE2, b"MPF\0" + bytes(40))], ["other"]),
        ([segment(0xEB, b"JP\0\1")], ["other"]),
        ([segment(0xE0, b"JFXX\0\x10")], ["thumbnail"]),
        ([photoshop(0x0404, IPTC_BYLINE)], ["author"]),
        ([photoshop(0x0404, b"\x1c\x02\x5a\0\5Paris")], ["location"]),
        ([photoshop(0x0404, b"\x1c\x02\x37\0\x0820261101")], ["time"]),
        ([photoshop(0x0404, b"\x1c\x02\x78\0\3abc")], ["comment"]),
        ([photoshop(0x0404, b"\x1c\x02\x00\0\2\0\4")], []),
        ([photoshop(0x040C, b"thumbnail")], ["thumbnail"]),
        ([photoshop(0x0BB7, b"anything")], ["other"]),
        ([segment(0xFE, b"a"), photoshop(0x0404, IPTC_BYLINE)], ["author", "comment"]),
    ],
)
def test_the_segments_of_a_jpeg_are_told(segments, codes):
    assert removed(jpeg_with(*segments)) == codes


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        ({"Author": SECRET}, ["author"]),
        ({"Copyright": SECRET}, ["author"]),
        ({"Creation_Time": "2026"}, ["time"]),
        ({"Description": SECRET}, ["comment"]),
        ({"Software": "Editor"}, ["text"]),
        ({"parameters": SECRET}, ["text"]),
        ({"GPS": "48.1"}, ["location"]),
        ({"XML:com.adobe.xmp": XMP.decode()}, ["location"]),
        ({"Raw_profile_type_xmp": f"\nxmp\n{len(XMP)}\n{XMP.hex()}\n"}, ["location"]),
        ({"Raw_profile_type_exif": "\nexif\n3\nzz\n"}, ["other"]),
        ({"Author": "a", "Software": "b"}, ["author", "text"]),
    ],
)
def test_the_texts_of_a_png_are_told(texts, codes):
    assert removed(saved(scene(60, 40), "PNG", pnginfo=png_texts(**texts))) == codes


@pytest.mark.parametrize(
    ("kind", "content", "codes"),
    [
        (b"tIME", b"\7\xea\1\1\0\0\0", ["time"]),
        (b"prVt", b"private", ["other"]),
        (b"gAMA", struct.pack(">I", 45455), []),
        (b"pHYs", struct.pack(">IIB", 2835, 2835, 1), []),
    ],
)
def test_the_chunks_of_a_png_are_told(kind, content, codes):
    data = saved(scene(60, 40), "PNG")

    assert removed(data[:33] + chunk(kind, content) + data[33:]) == codes


def test_a_text_behind_the_pixels_of_a_png_is_told():
    data = saved(scene(60, 40), "PNG")

    assert removed(data[:-12] + chunk(b"tEXt", b"Author\0me") + data[-12:]) == ["author"]


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        (b"!\xfe\5hello\0", ["comment"]),
        (b"!\x01\x0c" + bytes(12) + b"\4text\0", ["text"]),
        (b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0", []),
        (b"!\xff\x0bICCRGBG1012\3abc\0", ["profile"]),
        (b"!\xff\x0bXMP DataXMP\x14photoshop:City=Paris\0", ["location"]),
        (b"!\xff\x0bMGK8BIM0000\3abc\0", ["other"]),
        (b"!\xf9\4\0\0\0\0\0", []),
    ],
)
def test_the_extensions_of_a_gif_are_told(block, codes):
    assert removed(gif_with(block)) == codes


@pytest.mark.parametrize(
    ("kind", "content", "codes"),
    [
        (b"XMP ", XMP, ["location"]),
        (b"ABCD", b"private", ["other"]),
    ],
)
def test_the_chunks_of_a_webp_are_told(kind, content, codes):
    assert removed(webp_with(kind, content)) == codes


@pytest.mark.parametrize("format", FORMATS)
def test_bytes_after_the_picture_are_told(format):
    assert removed(saved(scene(60, 40), format) + archive()) == ["appended"]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_padding_after_the_picture_is_nothing(format):
    assert removed(saved(scene(60, 40), format) + bytes(5000)) == []


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "GIF"])
def test_an_animation_becomes_its_first_picture_and_says_so(format):
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "green", "blue")]
    data = saved(frames[0], format, save_all=True, append_images=frames[1:], duration=100)

    done = images.process(io.BytesIO(data))

    assert done.removed == ["animation"]
    red, green, blue = Image.open(io.BytesIO(done.master)).convert("RGB").getpixel((30, 20))
    assert red > 245
    assert max(green, blue) < 10


def test_a_second_picture_in_a_jpeg_is_told_and_is_no_animation():
    # As phones add what makes a picture brighter, or tells near from far.
    data = saved(scene(60, 40), "MPO", save_all=True, append_images=[scene(30, 20)])

    assert removed(data) == ["other", "appended"]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_profile_is_told(format):
    assert removed(saved(scene(60, 40), format, icc_profile=SRGB)) == ["profile"]


@pytest.mark.parametrize("format", ["WEBP", "AVIF"])
def test_xmp_is_told(format):
    assert removed(saved(scene(60, 40), format, xmp=XMP)) == ["location"]


# Nothing that is read may break ---------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("read", [tags.of_exif, tags.of_iptc, tags.of_photoshop])
@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_damaged_fields_break_nothing(read, cut):
    whole = with_thumbnail() if read is tags.of_exif else photoshop(0x0404, IPTC_BYLINE)

    assert isinstance(read(whole[:cut]), set)
    assert isinstance(read(whole[cut:]), set)


@pytest.mark.parametrize("format", FORMATS)
def test_a_damaged_container_is_scanned_to_its_end(format):
    data = saved(scene(60, 40), format)

    for cut in range(12, len(data), 37):
        found, frames = traces.scan(data[:cut] + b"\xff\0\x01" + data[cut + 3 :], format)
        assert isinstance(found, set)
        assert frames >= 1


# Nothing is left ------------------------------------------------------------------------------

# What a file must say so that it can be shown; exiftool's names, with its groups.
STRUCTURE = set(
    """
    ExifTool:ExifToolVersion
    File:FileType File:FileTypeExtension File:MIMEType File:ImageWidth File:ImageHeight
    File:EncodingProcess File:BitsPerSample File:ColorComponents File:YCbCrSubSampling
    JFIF:JFIFVersion JFIF:ResolutionUnit JFIF:XResolution JFIF:YResolution
    PNG:ImageWidth PNG:ImageHeight PNG:BitDepth PNG:ColorType PNG:Compression PNG:Filter
    PNG:Interlace PNG:Palette PNG:Transparency
    RIFF:ImageWidth RIFF:ImageHeight RIFF:VP8Version RIFF:HorizontalScale RIFF:VerticalScale
    RIFF:WebP_Flags RIFF:AlphaPreprocessing RIFF:AlphaFiltering RIFF:AlphaCompression
    RIFF:AlphaIsUsed
    QuickTime:MajorBrand QuickTime:MinorVersion QuickTime:CompatibleBrands
    QuickTime:MediaDataSize QuickTime:MediaDataOffset
    QuickTime:HandlerType QuickTime:PrimaryItemReference QuickTime:MetaImageSize
    QuickTime:ImageSpatialExtent QuickTime:ImagePixelDepth QuickTime:AV1ConfigurationVersion
    QuickTime:ChromaFormat QuickTime:ChromaSamplePosition QuickTime:AuxiliaryImageType
    QuickTime:ColorProfiles QuickTime:ColorPrimaries QuickTime:TransferCharacteristics
    QuickTime:MatrixCoefficients QuickTime:VideoFullRangeFlag QuickTime:MediaData
    QuickTime:SeqProfile QuickTime:SeqLevelIdx0 QuickTime:SeqTier0 QuickTime:HighBitDepth
    QuickTime:TwelveBit QuickTime:InitialDelaySamples
    Composite:ImageSize Composite:Megapixels
    """.split()
)


def tags_of(paths) -> dict[str, set[str]]:
    """What exiftool finds in files, known or unknown to it, however deep: name of file → tags."""
    told = json.loads(exiftool("-json", "-G0", "-a", "-u", "-ee3", "--System:all", *paths))
    return {one.pop("SourceFile"): set(one) for one in told}


def loaded_file(folder, format: str):
    """A file with everything that exiftool can write into its format, and a zip behind it."""
    path = folder / f"loaded.{format.lower()}"
    texts = {"pnginfo": png_texts(Author=SECRET, Comment=SECRET, Software=SECRET)}
    options = texts if format == "PNG" else {}
    if format != "GIF":
        options |= {"icc_profile": SRGB, "exif": phone_exif()}
    path.write_bytes(saved(scene(1000, 700), format, **options))
    thumbnail = folder / "thumbnail.jpg"
    thumbnail.write_bytes(saved(scene(120, 90), "JPEG"))
    tags = [f"-XMP:City={SECRET}", f"-XMP:Creator={SECRET}", "-XMP:GPSLatitude=48.8"]
    if format == "JPEG":
        tags += [
            *(f"-IPTC:By-line={SECRET}", f"-IPTC:City={SECRET}", f"-Comment={SECRET}"),
            *(f"-ThumbnailImage<={thumbnail}", f"-IFD0:ImageDescription={SECRET}"),
        ]
    elif format in ("PNG", "GIF"):
        tags.append(f"-Comment={SECRET}")
    exiftool("-q", "-m", "-overwrite_original", *tags, path)
    with path.open("ab") as file:
        file.write(archive())
    return path


@pytest.mark.parametrize("format", FORMATS)
def test_another_program_finds_nothing_in_any_file(format, tmp_path):
    source = loaded_file(tmp_path, format)
    assert not tags_of([source])[str(source)] <= STRUCTURE

    with source.open("rb") as file:
        done = images.process(file)

    files = {tmp_path / f"master.{done.master_format}": done.master}
    for one in done.renditions:
        files[tmp_path / f"{one.width}.{one.format}"] = one.data
    for path, data in files.items():
        path.write_bytes(data)
    found = {path: tags - STRUCTURE for path, tags in tags_of(files).items()}
    assert {path: tags for path, tags in found.items() if tags} == {}
    assert not any(SECRET.encode() in data or b"PK\3\4" in data for data in files.values())


def test_what_that_file_held_is_told(tmp_path):
    with loaded_file(tmp_path, "JPEG").open("rb") as file:
        done = images.process(file)

    assert done.removed == [
        *("location", "camera", "time", "author", "comment", "thumbnail", "profile", "appended"),
    ]


def test_no_compressed_byte_of_the_original_is_in_what_is_made():
    data = saved(scene(1000, 700), "JPEG", quality=90)
    done = images.process(io.BytesIO(data))
    pixels = data[data.index(b"\xff\xda") + 14 :]

    made = (done.master, *(one.data for one in done.renditions))
    found = [
        place
        for place in range(0, len(pixels) - 16, 8)
        if any(pixels[place : place + 16] in one for one in made)
    ]
    assert found == []


def test_a_mask_tells_of_nothing_removed():
    done = images.process(io.BytesIO(saved(scene(), "JPEG", exif=phone_exif())))
    region = images.Region("rectangle", 0.1, 0.1, 0.2, 0.2)

    assert images.mask(done.master, [region]).removed == []
