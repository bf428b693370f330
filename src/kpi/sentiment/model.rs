//! The reference's way, step by step and without any haste: strings, lists, and
//! everything looked up again. What the fast way is compared with.

use std::collections::HashMap;

const N: f64 = -0.74;

pub struct Model {
    lexicon: HashMap<&'static str, f64>,
    boosters: HashMap<&'static str, f64>,
    negations: Vec<&'static str>,
    emoji: HashMap<char, &'static str>,
}

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().map(|line| line.split_once('\t').unwrap())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\x1C'..='\x1F').contains(&c)
}

fn is_upper(word: &str) -> bool {
    let title = |c: char| "ǅǈǋǲᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ".contains(c);
    !word.chars().any(|c| c.is_lowercase() || title(c)) && word.chars().any(char::is_uppercase)
}

fn stripped(word: &str) -> String {
    let core = word.trim_matches(|c: char| c.is_ascii_punctuation());
    let kept = if core.chars().count() <= 2 {
        word
    } else {
        core
    };
    kept.to_string()
}

fn idiom(words: &[&String]) -> Option<f64> {
    let phrase = words.iter().map(|word| word.as_str()).collect::<Vec<_>>();
    Some(match phrase.join(" ").as_str() {
        "the shit" | "the bomb" | "to die for" => 3.0,
        "bad ass" => 1.5,
        "bus stop" => 0.0,
        "yeah right" => -2.0,
        "kiss of death" => -1.5,
        "beating heart" => 3.5,
        _ => return None,
    })
}

impl Model {
    pub fn new() -> Model {
        let step = |step: &str| if step == "more" { 0.293 } else { -0.293 };
        Model {
            lexicon: pairs(include_str!("lexicon/words.tsv"))
                .map(|(word, mean)| (word, mean.parse().unwrap()))
                .collect(),
            boosters: pairs(include_str!("lexicon/boosters.tsv"))
                .map(|(word, how)| (word, step(how)))
                .collect(),
            negations: include_str!("lexicon/negations.txt").lines().collect(),
            emoji: pairs(include_str!("lexicon/emoji.tsv"))
                .map(|(emoji, text)| (emoji.chars().next().unwrap(), text))
                .collect(),
        }
    }

    /// The score as text with four decimal places.
    pub fn score(&self, text: &str) -> String {
        let mut plain = String::new();
        let mut after_space = true;
        for c in text.chars() {
            if let Some(description) = self.emoji.get(&c) {
                if !after_space {
                    plain.push(' ');
                }
                plain.push_str(description);
                after_space = false;
            } else {
                plain.push(c);
                after_space = c == ' ';
            }
        }
        let split = plain.split(is_blank).filter(|word| !word.is_empty());
        let words: Vec<String> = split.map(stripped).collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let capitals = words.iter().filter(|word| is_upper(word)).count();
        let shouting = 0 < capitals && capitals < words.len();
        let mut valences: Vec<f64> = (0..words.len())
            .map(|i| self.valence(&words, &lower, i, shouting))
            .collect();
        but(&lower, &mut valences);
        let sum: f64 = valences.iter().fold(0.0, |sum, valence| sum + valence);
        format!("{:.4}", finish(sum, &plain))
    }

    fn valence(&self, words: &[String], lower: &[String], i: usize, shouting: bool) -> f64 {
        let word = lower[i].as_str();
        let back = |by: usize| i.checked_sub(by).map(|at| lower[at].as_str());
        let next = lower.get(i + 1).map(String::as_str);
        let known = |word: &str| self.lexicon.contains_key(word);
        if self.boosters.contains_key(word) || word == "kind" && next == Some("of") || !known(word)
        {
            return 0.0;
        }
        let mut valence = self.lexicon[word];
        if word == "no" && next.is_some_and(known) {
            valence = 0.0;
        }
        let or = matches!(back(1), Some("or" | "nor"));
        if back(1) == Some("no") || back(2) == Some("no") || back(3) == Some("no") && or {
            valence = self.lexicon[word] * N;
        }
        if shouting && is_upper(&words[i]) {
            valence += if valence > 0.0 { 0.733 } else { -0.733 };
        }
        for start in 0..3 {
            if i <= start || known(&lower[i - start - 1]) {
                continue;
            }
            valence += self.boost(&words[i - start - 1], valence, shouting, start);
            valence = self.negated(lower, i, start, valence);
            if start == 2 {
                valence = self.idioms(lower, i, valence);
            }
        }
        if back(1) == Some("least") && !matches!(back(2), Some("at" | "very")) {
            valence *= N;
        }
        valence
    }

    fn boost(&self, word: &str, valence: f64, shouting: bool, start: usize) -> f64 {
        let Some(step) = self.boosters.get(word.to_lowercase().as_str()) else {
            return 0.0;
        };
        let mut step = if valence < 0.0 { step * -1.0 } else { *step };
        if shouting && is_upper(word) {
            step += if valence > 0.0 { 0.733 } else { -0.733 };
        }
        match start {
            0 => step,
            1 => step * 0.95,
            _ => step * 0.9,
        }
    }

    fn negated(&self, lower: &[String], i: usize, start: usize, valence: f64) -> f64 {
        let so = |word: &String| word == "so" || word == "this";
        let word = lower[i - start - 1].as_str();
        let negates = self.negations.contains(&word) || word.contains("n't");
        if start == 1 && word == "never" && so(&lower[i - 1]) {
            return valence * 1.25;
        }
        if start == 1 && word == "without" && lower[i - 1] == "doubt" {
            return valence;
        }
        if start == 2 && (word == "never" && so(&lower[i - 2]) || so(&lower[i - 1])) {
            return valence * 1.25;
        }
        if start == 2 && word == "without" && lower[i - 2..i].iter().any(|word| word == "doubt") {
            return valence;
        }
        if negates {
            valence * N
        } else {
            valence
        }
    }

    fn idioms(&self, lower: &[String], i: usize, mut valence: f64) -> f64 {
        let at = |from: usize, to: usize| lower[from..=to].iter().collect::<Vec<_>>();
        let before = [
            (i - 1, i),
            (i - 2, i),
            (i - 2, i - 1),
            (i - 3, i - 1),
            (i - 3, i - 2),
        ];
        if let Some(meant) = before
            .into_iter()
            .find_map(|(from, to)| idiom(&at(from, to)))
        {
            valence = meant;
        }
        for end in [i + 1, i + 2].into_iter().filter(|&end| end < lower.len()) {
            valence = idiom(&at(i, end)).unwrap_or(valence);
        }
        for from in [i - 3, i - 2] {
            let phrase = format!("{} {}", lower[from], lower[from + 1]);
            valence += self.boosters.get(phrase.as_str()).unwrap_or(&0.0);
        }
        valence
    }
}

fn but(lower: &[String], valences: &mut [f64]) {
    let Some(but) = lower.iter().position(|word| word == "but") else {
        return;
    };
    for place in 0..valences.len() {
        let valence = valences[place];
        let first = valences.iter().position(|&known| known == valence).unwrap();
        if first != but {
            valences[first] = valence * if first < but { 0.5 } else { 1.5 };
        }
    }
}

fn finish(sum: f64, text: &str) -> f64 {
    let questions = text.matches('?').count();
    let emphasis = text.matches('!').count().min(4) as f64 * 0.292
        + match questions {
            0 | 1 => 0.0,
            2 | 3 => questions as f64 * 0.18,
            _ => 0.96,
        };
    let sum = match sum.partial_cmp(&0.0) {
        Some(std::cmp::Ordering::Greater) => sum + emphasis,
        Some(std::cmp::Ordering::Less) => sum - emphasis,
        _ => return 0.0,
    };
    sum / (sum * sum + 15.0).sqrt()
}
