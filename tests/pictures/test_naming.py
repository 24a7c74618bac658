from __future__ import annotations

import pytest

from pictures.naming import words_of


@pytest.mark.parametrize(
    ("file_name", "words"),
    [
        ("marche-des-femmes_2.JPG", "marche des femmes"),
        ("Petit déjeuner à l'aube.png", "Petit déjeuner à l'aube"),
        ("photo of the night march.jpg", "photo of the night march"),
        ("游行.jpg", "游行"),
        ("C:\\Users\\jo\\Desktop\\The bridge.jpeg", "The bridge"),
        ("مسيرة.jpg", "مسيرة"),
        ("../../etc/passwd", "passwd"),
        ("banner.final.webp", "banner final"),
        ("IMG_20230401_marche.jpg", "marche"),
    ],
)
def test_the_words_of_a_file_name_are_kept(file_name, words):
    assert words_of(file_name) == words


@pytest.mark.parametrize(
    "file_name",
    [
        "IMG_20230401_120000.jpg",
        "DSC00012.JPG",
        "PXL_20230401_101500123.MP.jpg",
        "MVIMG_20190101_000000.jpg",
        "20230401_120000.jpg",
        "WhatsApp Image 2023-04-01 at 12.00.00 PM (1).jpeg",
        "Screenshot 2023-04-01 at 12.00.00.png",
        "Capture d’écran 2023-04-01 à 12.00.00.png",
        "signal-2023-04-01-120000.jpg",
        "P1010001.JPG",
        "image0.jpeg",
        "4e5f6a7b-8c9d-4e5f-8a7b-9c0d1e2f3a4b.jpg",
        "",
        ".jpg",
    ],
)
def test_what_a_device_called_it_is_not(file_name):
    assert words_of(file_name) == ""


def test_a_long_name_is_cut():
    assert len(words_of("very long " * 100 + ".jpg")) <= 200
