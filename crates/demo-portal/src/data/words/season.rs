//! What belongs to the time of the year.

use chrono::{Datelike, NaiveDate};

/// Sentences that fit `day`, whatever the age.
pub fn of(day: NaiveDate) -> &'static [&'static str] {
    match (day.month(), day.day()) {
        (1, 1..=14) => NEW_YEAR,
        (1, _) => READING,
        (2, _) => WINTER,
        (3, _) => SPRING,
        (4, 1..=19) => EASTER,
        (4, _) => KINGS_DAY,
        (5, _) => GARDEN,
        (6, _) => JUNE,
        (7 | 8, _) => SUMMER,
        (9, _) => SEPTEMBER,
        (10, _) => AUTUMN,
        (11, 1..=11) => SAINT_MARTIN,
        (11, _) | (12, 1..=5) => SAINT_NICHOLAS,
        _ => CHRISTMAS,
    }
}

const NEW_YEAR: &[&str] = &[
    "We hebben elkaar een gelukkig nieuwjaar gewenst met appelflappen.",
    "Buiten was het koud, dus we maakten wolkjes met onze adem.",
    "Van vetbollen en pinda's maakten we een restaurant voor de mezen.",
    "De kerstboom is weg, en nu hebben we zeeën van ruimte om te dansen.",
];
const READING: &[&str] = &[
    "Het zijn de Voorleesdagen: we lazen in pyjama, met alle knuffels erbij.",
    "De opa van {vriend} kwam voorlezen. Je kon een speld horen vallen.",
    "Er viel sneeuw! Alles moest wijken voor een heel kleine sneeuwpop.",
    "We hebben ijs gemaakt met bloemblaadjes erin, gewoon door het een nacht buiten te zetten.",
];
const WINTER: &[&str] = &[
    "We vierden carnaval met slingers, toeters en een optocht door de gang.",
    "Met mutsen en wanten aan hebben we voetstappen gezocht in de witte tuin.",
    "De eerste sneeuwklokjes staan in de tuin; we hebben ze allemaal geteld.",
    "Het thema is 'mijn lijf': we hebben elkaar op een groot vel overgetrokken.",
];
const SPRING: &[&str] = &[
    "De eerste narcissen zijn uit en we hebben er eentje op tafel gezet.",
    "We hebben tuinkers gezaaid op watten. Nu is het wachten.",
    "Op de boerderij waren lammetjes. Ze dronken uit de fles, net als de baby's.",
    "Eindelijk zonder jas naar buiten!",
];
const EASTER: &[&str] = &[
    "We hebben eieren geverfd en daarna verstopt. Er is er nog één zoek.",
    "Van papier en wol maakten we kuikens voor het raam.",
    "Het paasontbijt was een feest, met zelfgebakken haasjes.",
    "In het vijvertje zwemmen kikkervisjes. We gaan elke dag even kijken.",
];
const KINGS_DAY: &[&str] = &[
    "Alles was oranje: de kronen, de tompouces en onze vingers.",
    "We oefenden voor de Koningsspelen met zaklopen en spijkerpoepen.",
    "De bloesem dwarrelde over het plein, als sneeuw in april.",
    "We speelden vrijmarkt met eigen geld van knopen.",
];
const GARDEN: &[&str] = &[
    "In de moestuin staan de radijsjes al boven de grond.",
    "Er is iets heel moois gemaakt voor Moederdag, maar daar zeggen we niets over.",
    "We aten de eerste aardbeien uit eigen tuin. Vier stuks, eerlijk verdeeld.",
    "De hele middag waren we buiten, op blote voeten in het gras.",
];
const JUNE: &[&str] = &[
    "Voor Vaderdag is er hard gewerkt met hamer en verf. Sst!",
    "De waterpomp mocht aan. Het zand werd modder, de modder werd soep.",
    "We hebben slakken geteld na de regen: zevenentwintig.",
    "Het zomerfeest komt eraan en we oefenen alvast een dans.",
];
const SUMMER: &[&str] = &[
    "Het was warm, dus de badjes stonden buiten en we aten waterijs van meloen.",
    "Het is vakantie en lekker rustig op de groep. Tijd om lang aan tafel te zitten.",
    "We hadden een stranddag zonder zee, met schelpen, emmers en zonnehoeden.",
    "In de schaduw van de kastanje hebben we de lunch gegeten, op een groot kleed.",
    "De zonnebloem is nu groter dan {juf}.",
];
const SEPTEMBER: &[&str] = &[
    "We plukten bramen langs het pad. De helft haalde het bakje.",
    "Iedereen moest even wennen na de vakantie, maar het ritme zit er weer in.",
    "Het thema is 'wie ben ik': er hangen nu foto's van alle gezinnen aan de wand.",
    "In de tuin zagen we een spinnenweb met druppels, net kraaltjes.",
];
const AUTUMN: &[&str] = &[
    "We zochten kastanjes en eikels in het bos; onze zakken puilden uit.",
    "Met laarzen aan in de plassen: hoe hoger de spetters, hoe harder het lachen.",
    "Het is Kinderboekenweek en de leeshoek is een echte bibliotheek, met stempels.",
    "Van de bladeren maakten we een berg, en in die berg verdween iedereen.",
    "We maakten pompoensoep. De pitten hebben we bewaard voor de vogels.",
];
const SAINT_MARTIN: &[&str] = &[
    "De lampionnen voor Sint-Maarten zijn af, en de liedjes kennen we ook.",
    "Met zaklampen in het donker gang-in gang-uit: spannend en prachtig.",
    "Het waaide zo hard dat onze vliegers van plastic zakken echt de lucht in gingen.",
];
const SAINT_NICHOLAS: &[&str] = &[
    "De schoenen stonden bij de kachel en er zat iets in. Niemand heeft iets gehoord!",
    "We bakten kruidnoten; de hele gang rook ernaar.",
    "Uit volle borst zongen we 'Zie ginds komt de stoomboot', ook al voor het ontbijt.",
    "Er is een pakjesboot gebouwd van dozen. Hij past precies door de deur.",
    "We knutselden een mijter, en nu lopen er twaalf Sinterklazen rond.",
];
const CHRISTMAS: &[&str] = &[
    "We hebben de kerstboom versierd, vooral onderin.",
    "Met kaarsjes van papier en stille muziek was het ineens heel gezellig donker.",
    "Voor het kerstdiner heeft iedereen een placemat gemaakt.",
    "We vouwden sterren voor het raam. Van buiten is het een hele sterrenhemel.",
];
