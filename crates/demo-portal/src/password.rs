//! What an organisation asks of a password.

/// The longest one that is taken, in characters.
const MOST: usize = 128;

/// What a password must be like.
#[derive(Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Characters.
    pub least: usize,
    /// A capital and a small letter.
    pub both_cases: bool,
}

impl PasswordRules {
    /// The rules, as sentences for parents.
    pub fn sentences(&self) -> Vec<String> {
        self.each("", "", "").into_iter().map(|(_, sentence)| sentence).collect()
    }

    /// The rules that `new` does not meet as the password of `username`, whose password is `current`.
    pub fn unmet(&self, username: &str, current: &str, new: &str) -> Vec<String> {
        let rules = self.each(username, current, new).into_iter();
        rules.filter(|(met, _)| !met).map(|(_, sentence)| sentence).collect()
    }

    fn each(&self, username: &str, current: &str, new: &str) -> Vec<(bool, String)> {
        let length = new.chars().count();
        let holds = |which: fn(char) -> bool| new.chars().any(which);
        let name = username.to_lowercase();
        let mut rules = vec![
            (
                (self.least..=MOST).contains(&length),
                format!("Het heeft minstens {} en hoogstens {MOST} tekens.", self.least),
            ),
            (
                holds(|letter| !letter.is_alphabetic()),
                "Er staat een cijfer, spatie of leesteken in.".to_owned(),
            ),
        ];
        if self.both_cases {
            rules.push((
                holds(char::is_uppercase) && holds(char::is_lowercase),
                "Er staan een hoofdletter en een kleine letter in.".to_owned(),
            ));
        }
        rules.push((
            !new.to_lowercase().contains(&name),
            "Je gebruikersnaam staat er niet in.".to_owned(),
        ));
        rules.push((new != current, "Het is een ander wachtwoord dan nu.".to_owned()));
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::PasswordRules;

    #[test]
    fn each_rule_that_is_not_met_is_told() {
        let rules = PasswordRules { least: 10, both_cases: true };
        assert_eq!(rules.sentences().len(), 5);
        for (new, unmet) in [
            ("Een heel lang wachtwoord", 0),
            ("Kort 1", 1),
            ("alles klein 1", 1),
            ("GeenCijferOfTeken", 1),
            ("Van Sanne zelf", 1),
            ("Welkom-demo", 1),
            ("", 3),
            (&"Aa 1".repeat(33), 1),
        ] {
            assert_eq!(rules.unmet("sanne", "Welkom-demo", new).len(), unmet, "{new}");
        }
    }
}
