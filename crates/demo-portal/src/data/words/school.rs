//! After school: a shorter report, about an afternoon.

use super::Vocabulary;

pub static WORDS: Vocabulary = Vocabulary {
    arrival: &[
        "{naam} kwam vrolijk uit school en had veel te vertellen.",
        "Na school was {naam} even moe, dus eerst rustig op de bank met een stripboek.",
        "Met de bolderkar liepen we van school naar de BSO. {naam} mocht trekken.",
        "{naam} kwam uit school met een spreekbeurt over haaien in het hoofd.",
        "Vanmiddag rende {naam} meteen door naar het veld.",
        "{naam} had een toets gehad en wilde vooral heel hard voetballen.",
    ],
    activity: &[
        "In het atelier heeft {naam} een vogelhuisje getimmerd. Schuren, zagen, alles zelf.",
        "We speelden levend stratego in het park. Het team van {naam} won op het nippertje.",
        "{naam} bouwde met {vriend} een knikkerbaan van het plafond tot de grond.",
        "In de keuken maakten we wraps. {naam} sneed de paprika.",
        "Op het veld was er een toernooi: {naam} stond in het doel en hield veel tegen.",
        "We hebben slijm gemaakt. Het recept is geheim, de vlekken niet.",
        "{naam} heeft geoefend voor de talentenshow, met een goocheltruc die echt werkt.",
        "We gingen naar de speeltuin bij de vijver en bouwden een dam.",
        "{naam} speelde een potje schaken tegen {juf} en bood heel beleefd remise aan.",
        "Vanmiddag was er een workshop stopmotion. De film van {naam} duurt vier seconden en is geweldig.",
        "Met weefgetouwen van karton heeft {naam} een heel kleedje gemaakt.",
        "We hebben een zeepkist gebouwd. De proefrit ging rechtdoor, de bocht komt volgende week.",
        "{naam} las in de hangmat een heel boek uit.",
        "In de gymzaal deden we trefbal en apenkooi.",
        "Met {vriend} en {vriend2} schreef {naam} een krant over de BSO. Er staat een interview in met de poes van de buren.",
    ],
    together: &[
        "{naam} hielp de jongste kinderen met hun veters.",
        "Met {vriend} was er even discussie over de regels, maar ze kwamen er samen uit.",
        "{naam}, {vriend} en {vriend2} hebben een club opgericht. Meer mogen we niet zeggen.",
        "Aan tafel verdeelde {naam} eerlijk de laatste crackers.",
        "{naam} nam het op voor een jonger kind. Heel fijn om te zien.",
    ],
    table: &[
        "Na school was de honger groot: drie crackers en een schaal fruit.",
        "We aten samen soep aan de lange tafel.",
        "{naam} had de fruitsalade gemaakt, met munt uit eigen tuin.",
        "De tosti's waren populair vandaag.",
        "Er was komkommersoep. Niemand geloofde het, iedereen at het.",
        "{naam} roerde in het beslag en wij aten wafels.",
    ],
    rest: &[
        "Tussendoor was er tijd om te lezen en niks te doen. Dat hoort er ook bij.",
        "Met een dekentje en een stripboek was de bank vandaag de beste plek.",
        "Na een drukke schooldag heeft {naam} eerst een half uur naar de vissen gekeken.",
        "Kleuren met muziek aan: heerlijk rustig, zo'n middag.",
    ],
    growing: &[
        "{naam} durfde vandaag helemaal bovenin het klimtouw.",
        "Zelf het huiswerk plannen gaat {naam} steeds beter af.",
        "{naam} heeft {haar} eerste strik gelegd die bleef zitten.",
        "{naam} leest nu de spelregels zelf voor.",
    ],
    moment: &[
        "Quote van de dag: 'Ik ben niet te laat, de bel was te vroeg.'",
        "{naam} heeft de hele middag alleen in rijm gepraat. Wij ook, op het laatst.",
        "De weddenschap wie het langst stil kon zijn heeft niemand gewonnen.",
        "Er is een schat begraven in de tuin. {naam} heeft de kaart.",
    ],
    closing: &[
        "Tot de volgende keer!",
        "Fijne avond!",
        "De gymtas hangt nog aan de kapstok.",
        "Groetjes van het BSO-team.",
        "Vergeet morgen de zwemtas niet!",
        "Tot gauw!",
        "Leuke middag gehad met elkaar.",
    ],
};
