"""Quoted parts of messages: what is folded, and what must stay before the reader's eyes."""

from models.mail.quoting import quoted_parts

QUOTED = [f"> {number}. line of the message before" for number in range(6)]


def test_a_long_quotation_is_one_part_and_the_answer_below_it_is_not_in_it() -> None:
    assert quoted_parts(["Anna wrote:", *QUOTED, "", "Yes, on Friday."]) == [(1, 7)]


def test_blank_lines_inside_a_quotation_do_not_part_it() -> None:
    assert quoted_parts(["Да.", *QUOTED[:3], "", *QUOTED[3:]]) == [(1, 8)]


def test_few_quoted_lines_stay_beside_their_answers() -> None:
    assert quoted_parts([*QUOTED[:2], "Yes.", *QUOTED[2:4], "No."]) == []


def test_all_below_the_headers_of_outlook_is_quoted() -> None:
    below = ["From: Anna", "Sent: Monday", "To: Boris", "Subject: keys", "", "Please send two keys.", "Anna"]
    assert quoted_parts(["Done.", "", "-----Original Message-----", *below]) == [(2, 10)]
    assert quoted_parts(["Готово.", "_" * 32, "От: Анна", "Дата: понедельник", "Кому: Борис", "", "Пришлите."]) == [
        (1, 7)
    ]
    assert quoted_parts(["Done.", *below]) == [(1, 8)]


def test_a_message_that_is_nothing_but_a_quotation_is_shown_whole() -> None:
    assert quoted_parts(["", *QUOTED, ""]) == []


def test_one_line_that_looks_like_a_header_is_text() -> None:
    assert quoted_parts(["Date: next Friday?", "To: be decided", "I hope so.", "Anna", "Anna", "Anna"]) == []
