//! The scenes, and what there is to say about each.

mod baking;
mod bikes;
mod birthday;
mod blocks;
mod dressing;
mod farm;
mod garden;
mod mural;
mod music;
mod nap;
mod reading;
mod sand;
mod swing;
mod table;
mod walk;
mod water;
mod weather;

use crate::{
    dice::Dice,
    plants,
    stage::{Light, Season, Stage},
    toys,
};

/// What happens in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    Blocks,
    Reading,
    Painting,
    Lunch,
    Baking,
    Birthday,
    Nap,
    Music,
    Dressing,
    Mural,
    Sandpit,
    Water,
    Leaves,
    Snow,
    Rain,
    Garden,
    Bikes,
    Farm,
    Swing,
    Walk,
}

impl Scene {
    /// Every scene.
    pub(crate) const ALL: [Self; 20] = [
        Self::Blocks,
        Self::Reading,
        Self::Painting,
        Self::Lunch,
        Self::Baking,
        Self::Birthday,
        Self::Nap,
        Self::Music,
        Self::Dressing,
        Self::Mural,
        Self::Sandpit,
        Self::Water,
        Self::Leaves,
        Self::Snow,
        Self::Rain,
        Self::Garden,
        Self::Bikes,
        Self::Farm,
        Self::Swing,
        Self::Walk,
    ];

    /// When it happens.
    pub(crate) fn seasons(self) -> &'static [Season] {
        use Season::{Autumn, Spring, Summer, Winter};
        match self {
            Self::Sandpit => &[Spring, Summer, Summer, Autumn],
            Self::Water => &[Summer],
            Self::Leaves => &[Autumn],
            Self::Snow => &[Winter],
            Self::Rain => &[Spring, Autumn],
            Self::Garden => &[Spring, Summer, Autumn],
            _ => &[Spring, Summer, Autumn, Winter],
        }
    }

    fn outdoors(self) -> bool {
        matches!(
            self,
            Self::Sandpit
                | Self::Leaves
                | Self::Garden
                | Self::Bikes
                | Self::Farm
                | Self::Swing
                | Self::Walk
        )
    }

    /// The light it happens in.
    pub(crate) fn light(self, dice: &mut Dice) -> Light {
        match self {
            Self::Rain => Light::Overcast,
            Self::Water => dice.pick(&[Light::Noon, Light::Noon, Light::Morning, Light::Golden]),
            Self::Nap => dice.pick(&[Light::Dusk, Light::Noon, Light::Golden]),
            Self::Snow => dice.pick(&[Light::Overcast, Light::Noon, Light::Morning, Light::Dusk]),
            _ => dice.pick(&[
                Light::Morning,
                Light::Morning,
                Light::Noon,
                Light::Noon,
                Light::Golden,
                Light::Golden,
                Light::Overcast,
            ]),
        }
    }

    /// Draws it.
    pub(crate) fn draw(self, s: &mut Stage) {
        match self {
            Self::Blocks => blocks::draw(s),
            Self::Reading => reading::draw(s),
            Self::Painting => table::painting(s),
            Self::Lunch => table::lunch(s),
            Self::Baking => baking::draw(s),
            Self::Birthday => birthday::draw(s),
            Self::Nap => nap::draw(s),
            Self::Music => music::draw(s),
            Self::Dressing => dressing::draw(s),
            Self::Mural => mural::draw(s),
            Self::Sandpit => sand::draw(s),
            Self::Water => water::draw(s),
            Self::Leaves => weather::leaves(s),
            Self::Snow => weather::snow(s),
            Self::Rain => weather::rain(s),
            Self::Garden => garden::draw(s),
            Self::Bikes => bikes::draw(s),
            Self::Farm => farm::draw(s),
            Self::Swing => swing::draw(s),
            Self::Walk => walk::draw(s),
        }
        if self.outdoors() {
            plants::foreground(s);
        } else if !matches!(self, Self::Water | Self::Snow | Self::Rain) {
            toys::floor_toys(s);
        }
    }

    /// Captions that fit.
    pub(crate) fn captions(self) -> &'static [&'static str] {
        match self {
            Self::Blocks => &[
                "Een toren tot aan het plafond!",
                "Samen bouwen in de bouwhoek",
                "Nog één blok erbovenop…",
                "Kijk eens hoe hoog!",
            ],
            Self::Reading => &[
                "Lekker lezen in de boekenhoek",
                "Nog een keer dat verhaal!",
                "Samen een boekje kijken",
                "Zachtjes voorlezen op de kussens",
            ],
            Self::Painting => &[
                "Samen schilderen aan de grote tafel",
                "Kliederen met verf mag hier",
                "Alle kleuren van de regenboog",
                "Kleine kunstenaars aan het werk",
            ],
            Self::Lunch => &[
                "Smullen van het fruit",
                "Gezellig samen aan tafel",
                "Eet smakelijk allemaal!",
                "Wie lust er nog een stukje peer?",
            ],
            Self::Baking => &[
                "Koekjes bakken met de hele groep",
                "Deeg kneden en vormpjes steken",
                "Het ruikt hier heerlijk",
                "Bakkers in de dop",
            ],
            Self::Birthday => &[
                "Hoera, er is er een jarig!",
                "Kaarsjes uitblazen",
                "Lang zal ze leven, met taart en ballonnen",
                "Feest op de groep",
            ],
            Self::Nap => &[
                "Ssst… even dutten",
                "Lekker onder de dekentjes",
                "Welterusten, tot straks",
                "Uitrusten na het spelen",
            ],
            Self::Music => &[
                "Muziek maken in de kring",
                "Trommelen en zingen",
                "Hoor je het ritme?",
                "Een echt orkest",
            ],
            Self::Dressing => &[
                "Verkleden voor de spiegel",
                "Ridders, prinsen en piraten",
                "Wie ben jij vandaag?",
                "Uit de verkleedkist",
            ],
            Self::Mural => &[
                "Samen één grote tekening",
                "Op de muur tekenen mag vandaag",
                "Van top tot teen krijten",
                "Een muur vol zonnen en huizen",
            ],
            Self::Sandpit => &[
                "Taartjes bakken in de zandbak",
                "Graven tot je water vindt",
                "Een kasteel met een vlag",
                "Scheppen, emmers en veel zand",
            ],
            Self::Water => &[
                "Waterpret op een warme dag",
                "Spetteren in het badje",
                "Eendjes vangen in het water",
                "Heerlijk afkoelen",
            ],
            Self::Leaves => &[
                "Bladeren gooien in de herfst",
                "Het regent blaadjes!",
                "Op zoek naar de mooiste bladeren",
                "Springen in de bladerhoop",
            ],
            Self::Snow => &[
                "Onze sneeuwpop heeft een wortelneus",
                "Sneeuw! Meteen naar buiten",
                "Sneeuwballen rollen",
                "Dik ingepakt de sneeuw in",
            ],
            Self::Rain => &[
                "Stampen in de plassen",
                "Laarzen aan en naar buiten",
                "Regen? Geen probleem!",
                "Wie maakt de grootste spetter?",
            ],
            Self::Garden => &[
                "Oogsten uit onze moestuin",
                "Water geven aan de plantjes",
                "Wortels trekken",
                "Kijk eens wat er groeit!",
            ],
            Self::Bikes => &[
                "Racen op het plein",
                "Rondjes op de loopfietsen",
                "Let op, daar komen ze aan!",
                "Fietsen langs de krijtlijnen",
            ],
            Self::Farm => &[
                "Op bezoek bij de kinderboerderij",
                "Zachtjes aaien",
                "De kippen liepen gewoon mee",
                "Vriendjes met de dieren",
            ],
            Self::Swing => &[
                "Hoger, hoger!",
                "Zwaaien aan de schommel",
                "Met je voeten naar de wolken",
                "Schommelen in de tuin",
            ],
            Self::Walk => &[
                "Op pad met de bolderkar",
                "Een frisse neus halen",
                "Wandelen door het park",
                "Zwaai eens naar de eendjes",
            ],
        }
    }
}
