import type {
  Fact,
  FactKind,
  ObservationAnswer,
  ObservationQuestion,
  ObservationSection,
  ObservationTitle,
} from '$lib/bindings';

const title = (
  id: string,
  child: string,
  name: string,
  day: string | null,
  by: string,
): ObservationTitle => ({ id, child, title: name, day, by });

const TITLES = [
  title('o1', 'n', 'Welbevinden en betrokkenheid', '2026-02-20', 'Marieke de Wit'),
  title('o2', 't', 'Overdracht naar de basisschool', '2026-01-15', 'Jeroen Smit'),
  title('o3', 'n', 'Eerste drie maanden', '2024-09-10', ''),
];

const ask = (
  question: string,
  answer: ObservationAnswer,
  remark: string | null = null,
): ObservationQuestion => ({ question, answer, remark });

const scale = (value: number, to: number, fromLabel: string | null, toLabel: string | null) => ({
  kind: 'scale' as const,
  value,
  from: 1,
  to,
  fromLabel,
  toLabel,
});

const OF_NOORTJE: ObservationSection[] = [
  {
    title: 'Welbevinden',
    text: 'Zo gaat het met Noortje op de groep.',
    questions: [
      ask(
        'Voelt Noortje zich thuis op de groep?',
        scale(4, 5, 'nog niet', 'helemaal'),
        'Ze loopt ’s ochtends zelf naar binnen.',
      ),
      ask('Waar speelt ze het liefst?', {
        kind: 'choice',
        chosen: ['de zandbak', 'de poppenhoek'],
        options: ['de bouwhoek', 'de zandbak', 'de poppenhoek'],
      }),
      ask('Hoe ver springt ze?', scale(7, 5, 'klein', 'groot')),
      ask('Eet ze goed?', { kind: 'open' }),
    ],
  },
  {
    title: '',
    text: null,
    questions: [
      ask('Hoeveel sterren?', { kind: 'unknown', text: 'Drie van de vijf sterren' }),
      ask('Welke kleur past bij haar?', { kind: 'unknown', text: null }),
      ask('Wanneer liep ze voor het eerst los?', { kind: 'day', day: '2025-03-30' }),
      ask('Een werkje van haar', { kind: 'picture', id: 'form-werkje' }),
      ask('Wat valt op?', {
        kind: 'text',
        text: 'Ze troost andere kinderen.\nEn ze zingt bij alles wat ze doet.',
      }),
    ],
  },
];

const SHORT: ObservationSection[] = [
  {
    title: 'In het kort',
    text: null,
    questions: [ask('Hoe gaat het?', { kind: 'text', text: 'Het gaat heel goed.' })],
  },
];

/** The forms the invented staff filled in. */
export function observationFact(kind: FactKind): Fact | null {
  if (kind.fact === 'observations') return { fact: 'observations', is: TITLES };
  if (kind.fact !== 'observation') return null;
  const head = TITLES.find(({ id }) => id === kind.id);
  if (!head) return null;
  return { fact: 'observation', is: { head, sections: head.id === 'o1' ? OF_NOORTJE : SHORT } };
}
