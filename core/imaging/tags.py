"""What the words beside a picture give away: Exif, IPTC and XMP, as codes of `REMOVED`.

Only what holds something is told: cameras write many fields that are blank. Names and numbers are
those of Exif 3.0 (CIPA DC-008), IPTC IIM 4.2 and the XMP specification, part 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from PIL import ExifTags, Image

_EXIF = {
    "camera": (
        "Make Model MakerNote BodySerialNumber LensSpecification LensMake LensModel "
        "LensSerialNumber ImageUniqueID UniqueCameraModel CameraSerialNumber HostComputer "
        "ExposureTime FNumber ExposureProgram ISOSpeedRatings "
        "SensitivityType RecommendedExposureIndex ShutterSpeedValue ApertureValue BrightnessValue "
        "ExposureBiasValue MaxApertureValue SubjectDistance MeteringMode LightSource Flash "
        "FocalLength FocalLengthIn35mmFilm SubjectLocation SensingMethod FileSource SceneType "
        "CustomRendered ExposureMode WhiteBalance DigitalZoomRatio SceneCaptureType GainControl "
        "Contrast Saturation Sharpness SubjectDistanceRange CFAPattern DeviceSettingDescription"
    ),
    "time": (
        "DateTime DateTimeOriginal DateTimeDigitized OffsetTime OffsetTimeOriginal "
        "OffsetTimeDigitized SubsecTime SubsecTimeOriginal SubsecTimeDigitized PreviewDateTime "
        "TimeZoneOffset"
    ),
    "author": "Artist Copyright XPAuthor CameraOwnerName",
    "comment": (
        "ImageDescription UserComment XPTitle XPComment XPKeywords XPSubject DocumentName PageName"
    ),
    # How a picture is to be read, and nothing about anybody.
    "": (
        "ImageWidth ImageLength BitsPerSample Compression PhotometricInterpretation Orientation "
        "SamplesPerPixel PlanarConfiguration XResolution YResolution ResolutionUnit "
        "YCbCrPositioning YCbCrSubSampling YCbCrCoefficients ReferenceBlackWhite WhitePoint "
        "PrimaryChromaticities TransferFunction ExifOffset GPSInfo ExifVersion "
        "ComponentsConfiguration FlashPixVersion CompressedBitsPerPixel ColorSpace "
        "ExifImageWidth ExifImageHeight ExifInteroperabilityOffset Gamma CompositeImage"
    ),
}
_CODES = {name: code for code, names in _EXIF.items() for name in names.split()}
# ImageTitle, Photographer, ImageEditor and CameraFirmware, which Pillow has no names for.
_NUMBERED = {0xA436: "comment", 0xA437: "author", 0xA438: "author", 0xA439: "camera"}
# A GPS directory that says only which version of the rules it follows says no place.
_GPS_VERSION = 0
_GPS_TIME = {7, 29}


def of_exif(data: bytes) -> set[str]:
    """What an Exif block tells. "other" where it cannot be read: it is removed all the same."""
    exif = Image.Exif()
    try:
        exif.load(data)
        details = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        thumbnail = exif.get_ifd(ExifTags.IFD.IFD1)
        fields = [(_exif_code(tag), value) for tag, value in [*exif.items(), *details.items()]]
    except Exception:  # a hostile block breaks the reader in many ways; what it says is all gone
        return {"other"}
    found = {code for code, value in fields if code and _says_something(value)}
    found |= {
        "time" if tag in _GPS_TIME else "location"
        for tag, value in place.items()
        if tag != _GPS_VERSION and _says_something(value)
    }
    return found | ({"thumbnail"} if thumbnail else set())


def _exif_code(tag: int) -> str:
    return _NUMBERED.get(tag) or _CODES.get(ExifTags.TAGS.get(tag, ""), "other")


def _says_something(value: object) -> bool:
    """Whether a field is more than the blanks that cameras fill it with."""
    if isinstance(value, bytes):
        # A UserComment begins with the name of its character set.
        value = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
        return bool(value.strip(b" \0"))
    return bool(value.strip(" \0")) if isinstance(value, str) else value not in (None, ())


# XMP ------------------------------------------------------------------------------------------

# By patterns and not as XML: a parser would have to be guarded against what an attacker writes.
_XMP = (
    (
        "location",
        rb"exif:GPS(?!VersionID|TimeStamp|DateStamp)|GPSL(?:at|ong)itude|Location(?:Created|Shown)?\b"
        rb"|photoshop:(?:City|State|Country)|CountryCode|:Sublocation",
    ),
    (
        "camera",
        rb"tiff:(?:Make|Model)\b|SerialNumber|aux:|exifEX:|exif:(?:Exposure|FNumber|Focal|ISO|Flash)"
        rb"|LensModel|crs:CameraProfile",
    ),
    (
        "time",
        rb"xmp:(?:Create|Modify|Metadata)Date|photoshop:DateCreated|exif:DateTime|stEvt:when"
        rb"|exif:GPS(?:TimeStamp|DateStamp)|tiff:DateTime",
    ),
    (
        "author",
        rb"dc:(?:creator|rights|contributor|publisher)|photoshop:(?:Credit|Author|CaptionWriter)"
        rb"|xmpRights:|Iptc4xmpCore:Creator|tiff:(?:Artist|Copyright)|plus:",
    ),
    (
        "comment",
        rb"dc:(?:description|title|subject)|exif:UserComment|tiff:ImageDescription"
        rb"|photoshop:(?:Headline|Instructions)|PersonInImage|mwg-rs:|MP:RegionInfo|xmp:Label",
    ),
    ("thumbnail", rb"xmp(?:GImg)?:(?:Thumbnails|image)"),
)
_XMP_PATTERNS = [(code, re.compile(pattern)) for code, pattern in _XMP]


def of_xmp(data: bytes) -> set[str]:
    """What an XMP packet tells. Any packet tells something: the tool that wrote it, at least."""
    return {code for code, pattern in _XMP_PATTERNS if pattern.search(data)} or {"other"}


# IPTC -----------------------------------------------------------------------------------------

_IPTC = {
    "location": (26, 27, 90, 92, 95, 100, 101),
    "time": (30, 35, 37, 38, 47, 55, 60, 62, 63, 70),
    "author": (80, 85, 110, 115, 116, 118, 122),
    "comment": (5, 15, 20, 25, 40, 105, 120, 121),
    # Its character set and versions.
    "": (0,),
}
_IPTC_CODES = {number: code for code, numbers in _IPTC.items() for number in numbers}


def of_iptc(data: bytes) -> set[str]:
    """What the IPTC fields tell (records of tag 0x1C, record, data set, length, value)."""
    found, place = set(), 0
    while place + 5 <= len(data) and data[place] == 0x1C:
        record, number = data[place + 1], data[place + 2]
        length = int.from_bytes(data[place + 3 : place + 5])
        value = data[place + 5 : place + 5 + length]
        if record == 2 and value.strip(b" \0"):
            found.add(_IPTC_CODES.get(number, "other"))
        place += 5 + length
    return found - {""}


# Photoshop's resources ------------------------------------------------------------------------


def of_photoshop(data: bytes) -> set[str]:
    """What stands in Photoshop's image resources: IPTC, a thumbnail, Exif and XMP once more."""
    found = set()
    for number, value in _resources(data):
        if number == 0x0404:
            found |= of_iptc(value)
        elif number in (0x0409, 0x040C):
            found.add("thumbnail")
        elif number in (0x0422, 0x0423):
            found |= of_exif(value)
        elif number == 0x0424:
            found |= of_xmp(value)
        # 0x03ED resolution, 0x0425 a checksum of the IPTC fields.
        elif number not in (0x03ED, 0x0425):
            found.add("other")
    return found


def _resources(data: bytes) -> Iterable[tuple[int, bytes]]:
    """(number, value) of each: "8BIM", number, a Pascal string, length, value, padded to even."""
    place = data.find(b"8BIM")
    while place >= 0 and place + 12 <= len(data) and data[place : place + 4] == b"8BIM":
        number = int.from_bytes(data[place + 4 : place + 6])
        name = data[place + 6]
        start = place + 6 + (name + 2) // 2 * 2
        length = int.from_bytes(data[start : start + 4])
        yield number, data[start + 4 : start + 4 + length]
        place = start + 4 + (length + 1) // 2 * 2
