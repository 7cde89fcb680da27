"""The texts that every runtime has to answer alike."""

import random

import tensorflow as tf

from keras_s2s.data.dates import generate_dates

# German with umlauts, digits, punctuation; what people paste; what programs send.
GERMAN = [
    "Ein Mann in Grün hält eine Gitarre.", "Größere Äpfel kosten 3,50 € pro Stück!", "Übung macht den Meister – oft.",
    "„Schöne Grüße“, rief sie aus dem 2. Stock.", "Am 3. März 1999 fiel der Schnee.", "ÄÖÜ äöü ß ẞ",
    "Straße Nr. 12b, 80331 München",
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.", "1.000.000 Bücher & 2 Hüte", "Mi., 14.7.1789"]
UNUSUAL = [
    "", " ", "\t", "\u3000", "a", "🙂", "👨‍👩‍👧‍👦 am 1.2.2003", "🇩🇪🇫🇷 2001-02-03", "e\u0301te\u0301 1950",
    "日本 2001年5月6日",
    "٣ مارس ١٩٩٩", "3 марта 1999", "\u202e1999", "<b>3 March 1999</b>", "3\u00a0March\u00a01999", "ﬁnal 12/12/2012",
    "Σίσυφος ΣΑΣ", "İstanbul I ı", "\ufeff5 May 2005", "a\u0000b", "</s> <s> <unk>", "▁▁",
    "\ud7ff\ue000\U0010ffff", "N" * 64]
LONG = ["9" * 300, "March 3rd, 1999 " * 30, "ä" * 1000, "🙂" * 150]


def parity_texts():
    """At least 500 texts: dates, German, odd and long ones."""
    dates = [example.source for example in generate_dates(300, "test", seed=1)]
    chooser = random.Random(7)
    words = " ".join(GERMAN).split()
    german = [" ".join(chooser.choices(words, k=chooser.randint(1, 12))) for _ in range(200)]
    return [*dates, *GERMAN, *german, *UNUSUAL, *LONG]


def sentences_of(translator, number):
    """So many different texts that a model knows something of: dates, or what its own vocabulary makes."""
    if translator.name == "dates":
        dates = [example.source for example in generate_dates(2 * number, "test", seed=2)]
        return list(dict.fromkeys(dates))[:number]
    chooser, source = random.Random(8), translator.source
    ids = range(4, source.vocabulary_size())
    found = dict.fromkeys(translator.examples)
    while len(found) < number:
        drawn = [chooser.choices(ids, k=chooser.randint(1, 25)) for _ in range(number)]
        found |= dict.fromkeys(text.decode() for text in source.detokenize(tf.ragged.constant(drawn)).numpy())
    return list(found)[:number]
