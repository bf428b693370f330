use super::model::Model;
use super::*;
use crate::kpi::Number;
use proptest::prelude::*;
use std::cell::Cell;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(Model::new);

fn of(text: &str) -> Score {
    score(Lexicon::get(), text, || {}).unwrap()
}

fn shown(score: Score) -> String {
    Number::from_scaled(score.units().into(), -4).to_string()
}

/// Whether both ways, and the quick one where it answers, give one score.
fn same(text: &str) -> std::result::Result<(), TestCaseError> {
    let expected = Number::parse(MODEL.score(text).trim_start_matches('-')).unwrap();
    let score = of(text);
    let size = shown(score).trim_start_matches('-').to_string();
    prop_assert_eq!(size, expected.to_string(), "{:?}", text);
    let negative = MODEL.score(text).starts_with('-') && score.units() != 0;
    prop_assert_eq!(negative, score.units() < 0, "{:?}", text);
    prop_assert!(quick_score(Lexicon::get(), text).is_none_or(|quick| quick == score));
    Ok(())
}

#[test]
fn worked_examples() {
    // A valence v alone gives v / sqrt(v * v + 15): good is 1.9, bad is -2.5.
    for (text, expected) in [
        ("", "0"),
        ("the invoice of March", "0"),
        ("good", "0.4404"),
        ("GOOD", "0.4404"),
        ("not good", "-0.3412"),
        ("very good", "0.4927"),
        ("good!", "0.4926"),
        ("bad", "-0.5423"),
        // 1.9 * 0.5 - 2.5 * 1.5 = -2.8.
        ("good but bad", "-0.5859"),
        // Only a sum that is not 0 has emphasis.
        ("!!!!", "0"),
    ] {
        assert_eq!(shown(of(text)), expected, "{text}");
    }
}

#[test]
fn capitals_count_among_small_letters_only() {
    assert_eq!(of("GOOD SERVICE"), of("good service"));
    assert!(of("GOOD service").units() > of("good service").units());
    assert!(of("GOOD 24").units() > of("good 24").units());
}

#[test]
fn an_emoji_begins_a_word_and_the_rest_sticks_to_it() {
    // "red heart": the word heart counts, "hearts" and "heart<selector>" do not.
    assert_eq!(of("\u{2764}"), of("red heart"));
    assert_eq!(of("so\u{2764}"), of("so red heart"));
    assert_eq!(of("\u{2764}x"), of("red heartx"));
    assert_eq!(of("\u{2764}\u{FE0F}").units(), 0);
    assert_eq!(of("\u{2764}!!"), of("red heart!!"));
}

#[test]
fn long_texts_pause_and_end() {
    let pauses = Cell::new(0);
    let long = "good but bad, ".repeat(100_000);
    let units = score(Lexicon::get(), &long, || pauses.set(pauses.get() + 1))
        .unwrap()
        .units();
    assert!(pauses.get() > 10);
    assert_eq!(units.abs(), Score::MOST);
    for text in [
        " ",
        "x",
        "!",
        "\u{2764}",
        "é",
        "\u{A0}",
        "\u{2764}\u{FE0F}",
        "good",
        "good ",
    ] {
        let long = text.repeat(1_000_000 / text.len());
        assert!(of(&long).units().abs() <= Score::MOST);
    }
}

/// Words that rules know, in some shape.
fn word() -> impl Strategy<Value = String> {
    let words = "good great BAD horrible sux love kind of sort just enough no nor or not never so this \
        without doubt least at very but Very ISN'T can't n't wasn't none hardly kinda kind-of the shit bomb bad \
        ass bus stop yeah right kiss death to die for beating heart badass :) :D :( ;) <3 lol 24 a I \
        \u{2764} \u{2764}\u{FE0F} \u{1F601} \u{1F51B} \u{1F199} \u{A9} caf\u{E9} \u{212A}ind \u{212A}ILL \u{212A}iss \u{1C5}on't \u{130} \u{DF} \
        m\u{E9}n't \u{E9}! ! !! ? ... ' -- \"good\" (bad) 'tis";
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    (proptest::sample::select(words), 0..12).prop_map(|(word, shape)| match shape {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        2 => format!("{word}!"),
        3 => format!("{word}??,"),
        4 => format!("...{word}."),
        _ => word.to_string(),
    })
}

fn blank() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        " ", " ", " ", " ", "  ", "\t", "\n", "\x1C", "\u{85}", "\u{A0}", "\u{2003}", "",
    ])
}

proptest! {
    #[test]
    fn sentences_score_as_in_the_model(parts in proptest::collection::vec((word(), blank()), 0..16)) {
        let text: String = parts.iter().flat_map(|(word, blank)| [word.as_str(), blank]).collect();
        same(&text)?;
    }

    #[test]
    fn any_text_scores_as_in_the_model(text in any::<String>()) {
        same(&text)?;
    }

    #[test]
    fn any_text_of_few_characters_scores_as_in_the_model(text in "[ no'tNO!?.:)D\u{2764}\u{FE0F}\u{212A}éÉ\u{1C5}\u{A0}\t]{0,30}") {
        same(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn many_words_score_as_in_the_model(parts in proptest::collection::vec((word(), blank()), 100..400)) {
        let text: String = parts.iter().flat_map(|(word, blank)| [word.as_str(), blank]).collect();
        same(&text)?;
    }
}
