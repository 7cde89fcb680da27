import datetime
import os
import random
import re
import subprocess
import sys
import unicodedata

import pytest

from keras_s2s.data.date_example import DateExample
from keras_s2s.data.date_names import LANGUAGES, month_names, weekday_names
from keras_s2s.data.date_writing import english_ordinal, ordinal_day, pick_weighted, write_day
from keras_s2s.data.dates import (
    FIRST_DAY,
    FORMATS,
    LAST_DAY,
    SPLITS,
    generate_dates,
    read_dates,
    split_of_day,
    write_dates,
)
from keras_s2s.errors import UserError

# Written by hand, apart from the package: how the names of each month begin, without accents, in lower case.
MONTH_BEGINNINGS = {
    1: "jan jaen ene gen 一月",
    2: "feb fev fév 二月",
    3: "mar maerz maa mrt mrz 三月",
    4: "apr avr abr 四月",
    5: "may mai mag mei 五月",
    6: "jun juin giu 六月",
    7: "jul juil lug 七月",
    8: "aug aou ago ag 八月",
    9: "sep set 九月",
    10: "oct okt ott out 十月",
    11: "nov 十一月",
    12: "dec dez dic 十二月",
}
FIRST_TEST_EXAMPLES = [
    ("décembre 23 2039", "2039-12-23"),
    ("1950 juillet 12", "1950-07-12"),
    ("2000 FebrUari 14", "2000-02-14"),
    ("7 de ago de 1905", "1905-08-07"),
    ("Sep 15 2019", "2019-09-15"),
]
WEEKDAY = re.compile(r"[（(].*[)）]|(星期|礼拜|周)[一二三四五六日天]|[月火水木金土日]曜日")


@pytest.fixture(scope="module")
def many() -> list[DateExample]:
    return [example for seed in (0, 1) for split in SPLITS for example in generate_dates(15_000, split, seed)]


def folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def read_by_hand(text: str) -> str:
    """Reads a date by rules of its own: the year has four digits, names are known by how they begin."""
    text = folded(WEEKDAY.sub(" ", text))
    year = re.search(r"(?<!\d)(\d{4})(?!\d)", text)
    short = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    if len(short) == 2:
        if "月" in text:
            month = int(re.search(r"(\d+) ?月", text).group(1))
            day = int(re.search(r"(\d+) ?[日号]", text).group(1))
        else:
            year_first = year.start() < re.search(r"(?<!\d)\d{1,2}(?!\d)", text).start()
            day, month = (short[1], short[0]) if year_first else short
    else:
        (day,) = short
        if "月" in text:
            chinese = re.search(r"([一二三四五六七八九十]+) ?月", text).group(1) + "月"
            month = next(number for number, names in MONTH_BEGINNINGS.items() if chinese in names.split())
        else:
            # A word may begin like a month and be a weekday: mardi, martes, maandag.
            words = re.findall(r"[a-z]+", text)
            months = [
                number
                for word in words
                for number, names in MONTH_BEGINNINGS.items()
                if word not in WEEKDAYS_LIKE_MONTHS and any(word.startswith(name) for name in names.split())
            ]
            if not months and any(word == "mar" for word in words):
                months = [3]
            (month,) = set(months)
    return f"{year.group(1)}-{month:02}-{day:02}"


WEEKDAYS_LIKE_MONTHS = {"mar", "mardi", "martes", "martedi", "maandag"}


def spellings(day: datetime.date, language: str, date_format: str, number: int = 6000) -> set[str]:
    return {write_day(day, language, date_format, random.Random(seed)) for seed in range(number)}


def test_a_seed_fixes_the_examples_and_a_smaller_count_is_the_beginning():
    examples = generate_dates(500, "test", seed=7)
    assert examples == generate_dates(500, "test", seed=7)
    assert examples[:100] == generate_dates(100, "test", seed=7)
    assert examples != generate_dates(500, "test", seed=8)


def test_the_same_examples_in_another_process_with_another_hash_seed():
    code = "from keras_s2s.data.dates import generate_dates; print(ascii(generate_dates(20, 'dev', 3)))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert outputs == {ascii(generate_dates(20, "dev", 3)) + "\n"}


def test_first_examples_stay_what_they_are():
    # Published numbers depend on them: a change here is a change of the data set.
    assert [
        (example.source, example.target) for example in generate_dates(5, "test", seed=0)
    ] == FIRST_TEST_EXAMPLES


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_no_day_is_in_two_sets(seed):
    days = {split: {example.target for example in generate_dates(8000, split, seed)} for split in SPLITS}
    assert (
        not days["train"] & days["dev"]
        and not days["train"] & days["test"]
        and not days["dev"] & days["test"]
    )
    assert all(
        split_of_day(datetime.date.fromisoformat(day), seed) == split
        for split in SPLITS
        for day in days[split]
    )


def test_the_split_takes_5_percent_of_the_days_and_depends_on_the_seed():
    days = [FIRST_DAY + datetime.timedelta(number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
    assert len(days) == 73_049
    chosen = [split_of_day(day, 0) for day in days]
    assert (
        0.045 < chosen.count("test") / len(days) < 0.055 and 0.045 < chosen.count("dev") / len(days) < 0.055
    )
    assert chosen != [split_of_day(day, 1) for day in days]


def test_every_day_of_a_set_is_used_before_any_is_used_again():
    assert (
        len({example.target for example in generate_dates(3000, "test")}) >= 2995
    )  # repeated texts skip a day


def test_targets_are_days_between_1900_and_2099(many):
    for example in many:
        day = datetime.date.fromisoformat(example.target)
        assert FIRST_DAY <= day <= LAST_DAY and re.fullmatch(r"\d{4}-\d\d-\d\d", example.target)
        assert example.target[:4] in example.source


def test_every_text_means_the_day_that_a_reader_by_hand_finds(many):
    wrong = [(example, read) for example in many if (read := read_by_hand(example.source)) != example.target]
    assert not wrong, wrong[:10]


def test_no_text_means_two_days_in_any_case_or_without_accents(many):
    meanings: dict[str, str] = {}
    for example in many:
        assert meanings.setdefault(folded(example.source), example.target) == example.target


def test_sources_are_distinct_clean_and_one_line():
    sources = [example.source for example in generate_dates(20_000, "train")]
    assert len(set(sources)) == len(sources)
    for source in sources:
        assert (
            source == " ".join(source.split())
            and len(source) <= 40
            and unicodedata.is_normalized("NFC", source)
        )


def test_languages_and_formats_are_covered_and_balanced():
    examples = generate_dates(9000, "train")
    languages = [example.language for example in examples]
    assert all(950 < languages.count(language) < 1050 for language in LANGUAGES)
    cells = {(example.language, example.format) for example in examples}
    assert cells == {(language, date_format) for language in LANGUAGES for date_format in FORMATS}


def test_cases_and_both_paddings_occur(many):
    english = [
        example.source for example in many if (example.language, example.format) == ("en", "day-month-year")
    ]
    words = {word for source in english for word in re.findall(r"[^\W\d_]{3,}", source)}
    assert {"September", "september", "SEPTEMBER", "Sept", "SEPT", "sep"} <= words
    assert any(word not in (word.lower(), word.upper(), word.capitalize()) for word in words)
    slashed = " ".join(example.source for example in many if example.format == "numeric-slash")
    assert re.search(r"\b0\d/0\d/\d{4}", slashed) and re.search(r"\b\d/\d/\d{4}", slashed)


@pytest.mark.parametrize(
    ("language", "date_format", "expected"),
    [
        ("en", "numeric-slash", {"3/3/1999", "03/03/1999", "03 / 03 / 1999"}),
        ("de", "numeric-dot", {"3.3.1999", "03.03.1999", "3. 3. 1999"}),
        ("nl", "numeric-dash", {"3-3-1999", "03-03-1999"}),
        ("zh", "year-first-slash", {"1999/3/3", "1999/03/03"}),
        ("en", "year-first-dash", {"1999-3-3", "1999-03-03"}),
        (
            "en",
            "day-month-year",
            {
                "3 March 1999",
                "3rd March 1999",
                "3rd of March, 1999",
                "the 3rd of March 1999",
                "3 MAR 1999",
                "03-Mar-1999",
                "3 march, 1999",
                "03 Mar. 1999",
            },
        ),
        (
            "en",
            "month-day-year",
            {"March 3, 1999", "march 3rd, 1999", "Mar 3 1999", "MARCH 3RD 1999", "March the 3rd, 1999"},
        ),
        ("en", "year-month-day", {"1999 March 3", "1999, March 3rd", "1999-Mar-03"}),
        (
            "en",
            "day-month-year+weekday",
            {
                "Wednesday, 3 March 1999",
                "Wed 3 Mar 1999",
                "3 March 1999, Wednesday",
                "wed, 3rd of march 1999",
            },
        ),
        (
            "de",
            "day-month-year",
            {
                "3. März 1999",
                "03. März 1999",
                "3 März 1999",
                "3. maerz 1999",
                "den 3. März 1999",
                "3. MRZ 1999",
                "3.März 1999",
                "3. MÄRZ 1999",
                "3. marz 1999",
            },
        ),
        (
            "de",
            "day-month-year+weekday",
            {"Mittwoch, den 3. März 1999", "Mi., 3. März 1999", "Mi 3. Mrz 1999"},
        ),
        ("fr", "day-month-year", {"3 mars 1999", "le 3 mars 1999", "3 MARS 1999"}),
        ("fr", "day-month-year+weekday", {"mercredi 3 mars 1999", "mer. 3 mars 1999"}),
        (
            "es",
            "day-month-year",
            {
                "3 de marzo de 1999",
                "3 de marzo del 1999",
                "3 marzo 1999",
                "el 3 de marzo de 1999",
                "3 mar. 1999",
                "3-mar-1999",
            },
        ),
        (
            "es",
            "day-month-year+weekday",
            {"miércoles, 3 de marzo de 1999", "mié 3 mar 1999", "miercoles 3 de marzo de 1999"},
        ),
        ("it", "day-month-year", {"3 marzo 1999", "il 3 marzo 1999", "3 mar 1999"}),
        ("it", "day-month-year+weekday", {"mercoledì 3 marzo 1999", "mer. 3 mar. 1999"}),
        (
            "pt",
            "day-month-year",
            {
                "3 de março de 1999",
                "3 de mar. de 1999",
                "3 DE MARÇO DE 1999",
                "3 março 1999",
                "3 de marco de 1999",
            },
        ),
        ("pt", "day-month-year+weekday", {"quarta-feira, 3 de março de 1999", "quarta, 3 de março de 1999"}),
        ("nl", "day-month-year", {"3 maart 1999", "3 mrt 1999", "3 mrt. 1999", "03 Maart 1999"}),
        ("nl", "day-month-year+weekday", {"woensdag 3 maart 1999", "wo 3 mrt 1999"}),
        (
            "zh",
            "year-month-day",
            {"1999年3月3日", "1999年03月03日", "1999 年 3 月 3 日", "1999年3月3号", "1999年三月3日"},
        ),
        (
            "zh",
            "year-month-day+weekday",
            {"1999年3月3日星期三", "1999年3月3日 星期三", "1999年3月3日(周三)", "1999年3月3日，星期三"},
        ),
        ("ja", "year-month-day", {"1999年3月3日", "1999年03月03日", "1999 年 3 月 3 日"}),
        (
            "ja",
            "year-month-day+weekday",
            {"1999年3月3日水曜日", "1999年3月3日(水)", "1999年3月3日（水）", "1999年3月3日 水曜日"},
        ),
        ("ja", "year-first-slash+weekday", {"1999/3/3(水)", "1999/03/03 (水)"}),
    ],
)
def test_what_people_write_for_3_march_1999_is_written(language, date_format, expected):
    assert expected <= spellings(datetime.date(1999, 3, 3), language, date_format)


@pytest.mark.parametrize(
    ("day", "language", "expected", "never"),
    [
        (
            datetime.date(2024, 9, 1),
            "fr",
            {"1er septembre 2024", "1 sept. 2024", "1ER SEPT 2024"},
            {"2er septembre 2024"},
        ),
        (datetime.date(2024, 9, 2), "fr", {"2 septembre 2024", "2 sept 2024"}, {"2er septembre 2024"}),
        (
            datetime.date(2024, 9, 1),
            "es",
            {"1º de septiembre de 2024", "1 de sept. de 2024", "1 de setiembre de 2024"},
            set(),
        ),
        (datetime.date(2024, 9, 1), "pt", {"1º de setembro de 2024"}, set()),
        (datetime.date(2024, 8, 8), "it", {"l'8 agosto 2024", "8 ago 2024"}, {"il 8 agosto 2024"}),
        (datetime.date(2024, 9, 1), "en", {"1st of September 2024", "1 Sept 2024", "1 SEPT. 2024"}, set()),
        (datetime.date(2024, 1, 22), "de", {"22. Jänner 2024", "22. Januar 2024", "22. Jan. 2024"}, set()),
        (datetime.date(2024, 5, 22), "fr", {"22 mai 2024"}, {"22 mai. 2024"}),
    ],
)
def test_first_days_and_common_names(day, language, expected, never):
    written = spellings(day, language, "day-month-year")
    assert expected <= written and not never & written


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (30, "30th"),
        (31, "31st"),
    ],
)
def test_english_ordinals(number, expected):
    assert english_ordinal(number) == expected == ordinal_day(number, "en")


def test_the_weekday_is_the_true_one():
    # 29 February 2000 was a Tuesday, 1 January 1900 a Monday (perpetual calendar).
    for text in spellings(datetime.date(2000, 2, 29), "en", "numeric-slash+weekday", 300):
        assert re.search("tue", text, re.IGNORECASE) and not re.search(
            "mon|wed|thu|fri|sat|sun", text, re.IGNORECASE
        )
    for text in spellings(datetime.date(1900, 1, 1), "zh", "year-month-day+weekday", 300):
        assert re.search("(星期|周|礼拜)一", text)


def test_a_single_weekday_character_stands_in_brackets_only():
    for text in spellings(datetime.date(1999, 3, 1), "ja", "year-month-day+weekday", 1000):
        without_brackets = re.sub(r"[（(]月[）)]", "", text)
        assert without_brackets.count("月") == (2 if "月曜日" in without_brackets else 1)


def test_names_are_those_of_cldr_and_common_ones():
    assert month_names("de", "short")[8] == ("Sept", "Sept.", "Sep", "Sep.")
    assert month_names("en", "short")[4] == ("May",)
    assert month_names("ja", "full")[11] == ("十二月",)
    assert weekday_names("pt", "full")[0] == ("segunda-feira", "segunda")
    assert weekday_names("ja", "short")[2] == ("水",)


def test_weighted_choice_follows_the_weights():
    generator = random.Random(0)
    chosen = [pick_weighted(generator, (("a", 3), ("b", 1))) for _ in range(4000)]
    assert 2850 < chosen.count("a") < 3150


def test_a_wrong_split_or_count_is_refused():
    with pytest.raises(UserError, match=r"[Ss]plit 'valid' is not known"):
        generate_dates(10, "valid")
    with pytest.raises(UserError, match=r"[Cc]ount is 0"):
        generate_dates(0)


def test_more_texts_than_there_are_is_refused(monkeypatch):
    monkeypatch.setattr("keras_s2s.data.dates.write_day", lambda day, *_: day.isoformat())
    with pytest.raises(UserError, match=r"only 3[0-9]{3} texts were found"):
        generate_dates(5000, "test")


def test_files_hold_pairs_and_what_each_line_is(tmp_path):
    paths = write_dates(tmp_path / "new", {"train": 30, "test": 20}, seed=5)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "test.meta.tsv",
        "test.tsv",
        "train.meta.tsv",
        "train.tsv",
    ]
    examples = generate_dates(20, "test", seed=5)
    lines = paths["test"].read_text(encoding="utf-8").splitlines()
    assert lines == [f"{example.source}\t{example.target}" for example in examples]
    assert read_dates(tmp_path / "new" / "test.meta.tsv") == examples


def test_writing_again_replaces_and_where_it_cannot_it_says_so(tmp_path):
    write_dates(tmp_path, {"dev": 30})
    path = write_dates(tmp_path, {"dev": 3})["dev"]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    with pytest.raises(UserError, match="cannot be written"):
        write_dates(path, {"dev": 3})


def test_an_interrupted_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = write_dates(tmp_path, {"dev": 30})["dev"]
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_dates(tmp_path, {"dev": 3})
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 2


def test_a_damaged_file_of_dates_is_refused(tmp_path):
    damaged = tmp_path / "test.meta.tsv"
    damaged.write_text("a\tb\tc\td\na\tb\n", encoding="utf-8")
    with pytest.raises(UserError, match="line 2, has 2 columns"):
        read_dates(damaged)
    with pytest.raises(UserError, match="cannot be read"):
        read_dates(tmp_path / "missing.tsv")


def test_names_do_not_depend_on_what_was_asked_before():
    from babel import Locale

    def december(order):
        month_names.cache_clear()
        return {language: month_names(language, "full")[11] for language in order}

    Locale.parse("zh").months["stand-alone"]["wide"]  # from then on babel itself gives the Chinese names for French
    expected = {"zh": ("十二月",), "fr": ("décembre",), "it": ("dicembre",)}
    assert december(["zh", "fr", "it"]) == december(["it", "fr", "zh"]) == expected
