from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from stdnum.be import iban as belgian_iban
from stdnum.exceptions import InvalidComponent
from stdnum.iso7064 import mod_97_10

from donations import banking

# Examples of the SWIFT IBAN registry and of national bank associations: nobody's accounts.
VALID_IBANS = [
    "FR1420041010050500013M02606",
    "FR7630006000011234567890189",
    "MC5811222000010123456789030",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "BE68539007547034",
    "ES9121000418450200051332",
    "NO9386011117947",
    "NL91ABNA0417164300",
    "IT60X0542811101000000123456",
    "IE29AIBK93115212345678",
    "CH9300762011623852957",
    "MT84MALT011000012345MTLCAST001S",
    "LU280019400644750000",
]
FIXED_KIND_IBANS = [
    iban for iban in VALID_IBANS if iban[:2] in {"DE", "GB", "BE", "ES", "NO", "NL", "IE"}
]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GB_IBAN = "GB29NWBK60161331926819"


def codes(function, *args, **kwargs) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        function(*args, **kwargs)
    # Every message must render: a placeholder without its value would be a 500.
    assert all(caught.value.messages)
    return [error.code for error in caught.value.error_list]


def accepted(candidates) -> list[str]:
    passed = []
    for candidate in candidates:
        try:
            passed.append(banking.clean_iban(candidate))
        except ValidationError:
            continue
    return passed


def with_check_digits(country: str, bban: str) -> str:
    return country + mod_97_10.calc_check_digits(bban + country) + bban


@pytest.mark.parametrize("iban", VALID_IBANS)
def test_a_valid_iban_is_returned_as_it_is(iban):
    assert banking.clean_iban(iban) == iban


@pytest.mark.parametrize(
    "pasted",
    [
        "FR76 3000 6000 0112 3456 7890 189",
        "  fr76 3000 6000 0112 3456 7890 189\r\n",
        "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189",
        "FR76\u202f3000\u20096000\u2003011234567890189",
        "FR76-3000-6000-0112-3456-7890-189",
        "FR76\u20113000\u20136000\u2014011234567890189",
        "FR76.3000.6000.0112.3456.7890.189",
        "FR76\u200b3000\u200c6000\u2060\ufeff0112\u00ad34567890189\u200e",
        "\u202aFR7630006000011234567890189\u202c",
        "FR76\ufe0f30006000011234567890189",
        "FR76３０００６００００１１２３４５６７８９０１８９",
        "FR٧٦٣٠٠٠٦٠٠٠٠١١٢٣٤٥٦٧٨٩٠١٨٩",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "iban:\u00a0FR7630006000011234567890189",
    ],
)
def test_an_iban_is_read_however_it_was_pasted(pasted):
    assert banking.clean_iban(pasted) == "FR7630006000011234567890189"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u00a0\u200b-", "empty"),
        ("IBAN", "empty"),
        ("FR76 3000 6000 0112 3456 7890 18é", "characters"),
        ("FR76/3000", "characters"),
        ("ＦＲ76²", "characters"),
        ("ß" * 27, "characters"),
        ("\u0410L47212110090000000235698741", "characters"),  # Cyrillic А
        ("<script>alert(1)</script>", "characters"),
        ("\x00", "characters"),
        ("\ud800", "characters"),
        ("F", "country"),
        ("30006000011234567890189", "country"),
        ("XX7630006000011234567890189", "country"),
        ("US7630006000011234567890189", "country"),
        ("FR", "length"),
        ("FR763000600001123456789018", "length"),
        ("FR76300060000112345678901890", "length"),
        ("FR76" + "1" * 10_000, "length"),
        ("FRX630006000011234567890189", "structure"),
        ("FR76300O6000011234567890189", "structure"),
        ("GB290WBK60161331926819", "structure"),
        ("FR7630006000011234567890188", "check_digits"),
        ("DE88370400440532013000", "check_digits"),
    ],
)
def test_a_bad_iban_is_refused_with_its_reason(text, code):
    assert codes(banking.clean_iban, text) == [code]


def mutations(iban: str, *, same_kind: bool) -> list[str]:
    """Every IBAN with one character replaced by another one of its kind (digit, letter) or not."""
    return [
        iban[:place] + character + iban[place + 1 :]
        for place in range(len(iban))
        for character in ALPHABET
        if character != iban[place] and (character.isdigit() == iban[place].isdigit()) is same_kind
    ]


@pytest.mark.parametrize("iban", VALID_IBANS)
def test_no_iban_with_one_digit_or_one_letter_changed_passes(iban):
    changed = mutations(iban, same_kind=True)
    digits = sum(character.isdigit() for character in iban)
    assert len(changed) == 9 * digits + 25 * (len(iban) - digits)
    assert accepted(changed) == []


@pytest.mark.parametrize("iban", FIXED_KIND_IBANS)
def test_no_digit_passes_for_a_letter_where_the_country_says_which_it_is(iban):
    assert accepted(mutations(iban, same_kind=False)) == []


def test_a_letter_may_pass_for_a_digit_where_the_country_allows_both():
    # The limit of ISO 7064 mod 97-10, on record: no rule of the registry tells these apart.
    assert accepted(mutations("CH9300762011623852957", same_kind=False)) == [
        "CH93007620116T3852957"
    ]


@pytest.mark.parametrize("iban", VALID_IBANS)
def test_no_iban_with_two_neighbours_swapped_passes(iban):
    swapped = {
        iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :]
        for place in range(len(iban) - 1)
    } - {iban}
    assert len(swapped) > 10
    assert accepted(swapped) == []


@pytest.mark.parametrize("iban", VALID_IBANS)
def test_no_iban_with_one_character_lost_or_doubled_passes(iban):
    lost = [iban[:place] + iban[place + 1 :] for place in range(len(iban))]
    doubled = [iban[:place] + iban[place] + iban[place:] for place in range(len(iban))]
    assert accepted(lost + doubled) == []


def test_check_digits_that_are_only_congruent_are_refused():
    iban = next(
        candidate
        for account in range(1000)
        if (candidate := with_check_digits("DE", f"{account:018d}")).startswith("DE02")
    )
    assert banking.clean_iban(iban) == iban
    alias = "DE99" + iban[4:]
    assert mod_97_10.is_valid(alias[4:] + alias[:4])  # the remainder alone would let it pass
    assert codes(banking.clean_iban, alias) == ["check_digits"]


@pytest.mark.parametrize(
    ("country", "bban"),
    [
        ("FR", "30006000011234567890188"),  # RIB key 89 → 88
        ("FR", "20041010050500013M02607"),
        ("MC", "11222000010123456789031"),
        ("BE", "539007547035"),
        ("ES", "21000418460200051332"),
        ("NO", "86011117946"),
        ("ME", "505000012345678952"),
    ],
)
def test_a_wrong_national_key_under_right_check_digits_is_refused(country, bban):
    assert codes(banking.clean_iban, with_check_digits(country, bban)) == ["national"]


def test_a_belgian_bank_that_no_list_knows_yet_is_accepted():
    unknown = next(bank for bank in range(1000) if not belgian_iban.info(f"BE00{bank:03d}"))
    account = f"{unknown:03d}0000001"
    iban = with_check_digits("BE", f"{account}{int(account) % 97 or 97:02d}")
    with pytest.raises(InvalidComponent):
        belgian_iban.validate(iban)
    assert banking.clean_iban(iban) == iban


def test_a_character_that_cannot_be_shown_is_named_by_its_number():
    with pytest.raises(ValidationError) as caught:
        banking.clean_iban("FR76\ud8003000")
    [message] = caught.value.messages
    assert "“U+D800”" in message
    assert message.encode()


def test_an_iban_is_printed_in_groups_of_four():
    assert banking.format_iban("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize("iban", VALID_IBANS)
def test_the_printed_iban_reads_back(iban):
    assert banking.clean_iban(banking.format_iban(iban)) == iban


@pytest.mark.parametrize(
    ("text", "bic"),
    [
        ("BNPAFRPP", "BNPAFRPP"),
        ("bnpafrppxxx", "BNPAFRPPXXX"),
        ("AGRI FR PP 882", "AGRIFRPP882"),
        ("AGRI\u00a0FRPP\u200b-882", "AGRIFRPP882"),
        ("ＮＷＢＫＧＢ２Ｌ", "NWBKGB2L"),
    ],
)
def test_a_bic_is_read_however_it_was_pasted(text, bic):
    assert banking.clean_bic(text) == bic


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("BNPAFRP", "length"),
        ("BNPAFRPPX", "length"),
        ("BNPAFRPPXXXX", "length"),
        ("BNPAF1PP", "structure"),
        ("1NPAFRPP", "structure"),
        ("BNPAQQPP", "country"),
        ("BNPÀFRPP", "characters"),
    ],
)
def test_a_bad_bic_is_refused_with_its_reason(text, code):
    assert codes(banking.clean_bic, text) == [code]


@pytest.mark.parametrize(
    ("bic", "iban_country", "matches"),
    [
        ("BNPAFRPP", "FR", True),
        ("BNPAREPP", "FR", True),
        ("BNPAMCM1", "MC", True),
        ("BNPAFRPP", "MC", True),
        ("BNPAMCM1", "FR", False),
        ("NWBKGB2L", "GB", True),
        ("NWBKJESH", "GB", True),
        ("NWBKGGSP", "GB", True),
        ("NWBKIMDD", "GB", True),
        ("BARCGB22", "IE", True),
        ("AIBKIE2D", "GB", False),
        ("DEUTDEFF", "FR", False),
        ("BNPAFRPP", "DE", False),
    ],
)
def test_a_bic_matches_the_ibans_of_its_country(bic, iban_country, matches):
    assert banking.bic_matches_iban(bic, iban_country + "00") is matches


@pytest.mark.parametrize(
    ("country", "required"), [("FR", False), ("NO", False), ("GB", True), ("CH", True)]
)
def test_the_bic_is_required_outside_the_eea(country, required):
    assert banking.bic_required(country + "00") is required


@pytest.mark.parametrize(
    "text", ["601613", "60-16-13", "60 16 13", "60\u201116\u00a013", "６０１６１３"]
)
def test_a_sort_code_is_read_however_it_was_pasted(text):
    assert banking.clean_sort_code(text) == "601613"


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("60161", "length"), ("6016133", "length"), ("60161O", "characters")],
)
def test_a_bad_sort_code_is_refused_with_its_reason(text, code):
    assert codes(banking.clean_sort_code, text) == [code]


def test_a_sort_code_is_printed_in_pairs():
    assert banking.format_sort_code("001613") == "00-16-13"


@pytest.mark.parametrize("text", ["31926819", "3192 6819", "3192\u00a06819", "3192-6819"])
def test_an_account_number_is_read_however_it_was_pasted(text):
    assert banking.clean_account_number(text) == "31926819"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("926819", "length"),
        ("1926819", "length"),
        ("319268190", "length"),
        ("3192681A", "characters"),
    ],
)
def test_a_bad_account_number_is_refused_with_its_reason(text, code):
    assert codes(banking.clean_account_number, text) == [code]


def test_a_gb_iban_carries_sort_code_and_account_number():
    assert banking.gb_iban_parts(GB_IBAN) == ("601613", "31926819")


@pytest.mark.parametrize("iban", ["IE29AIBK93115212345678", "FR7630006000011234567890189"])
def test_only_a_gb_iban_has_a_sort_code(iban):
    assert codes(banking.gb_iban_parts, iban) == ["not_gb"]


def test_a_gb_iban_agrees_with_its_own_numbers_however_they_are_written():
    assert banking.check_gb_iban(banking.format_iban(GB_IBAN), "60-16-13", "3192 6819") is None


@pytest.mark.parametrize(
    ("sort_code", "account_number", "expected"),
    [
        ("60-16-14", "31926819", ["sort_code_mismatch"]),
        ("60-61-13", "31926819", ["sort_code_mismatch"]),
        ("60-16-13", "31926818", ["account_number_mismatch"]),
        ("20-00-00", "55779911", ["sort_code_mismatch", "account_number_mismatch"]),
    ],
)
def test_a_gb_iban_against_other_numbers_is_refused(sort_code, account_number, expected):
    assert codes(banking.check_gb_iban, GB_IBAN, sort_code, account_number) == expected


@pytest.mark.parametrize(
    ("iban", "reached"),
    [
        ("FR1420041010050500013M02606", True),
        ("CH9300762011623852957", True),
        (GB_IBAN, True),
        ("TR330006100519786457841326", False),
        ("BR1800360305000010009795493C1", False),
    ],
)
def test_sepa_transfers_reach_the_countries_of_the_scheme(iban, reached):
    assert banking.in_sepa(banking.clean_iban(iban)) is reached
