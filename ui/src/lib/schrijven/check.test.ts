import type { Child, Draft, OutFile, Writing } from '$lib/bindings';
import { familyChildren } from '$lib/bridge/fixture-family';
import { describe, expect, it } from 'vitest';
import { characters, faultsOfDiary, faultsOfMessage, faultsOfText } from './check';

const limits = { subjectCharacters: 10, textCharacters: 20 } as Writing;
const draft = (more: Partial<Draft> = {}): Draft => ({
  place: { place: 'newMessage' },
  children: ['n'],
  group: null,
  subject: 'Slapen',
  text: 'Hoe ging het?',
  day: null,
  keepPlace: false,
  ...more,
});
const noortje = familyChildren()[0] as Child;
const photo = [{ id: 'f' } as OutFile];

describe('what keeps a message from being sent', () => {
  it('is nothing when all is there', () => {
    expect(faultsOfMessage(draft(), [], noortje, limits)).toEqual({});
  });

  it('is everything that is missing, each in words', () => {
    const faults = faultsOfMessage(draft({ subject: ' ', text: '\n ' }), [], undefined, limits);
    expect(faults).toEqual({
      child: 'Kies over welk kind je bericht gaat.',
      subject: 'Vul een onderwerp in.',
      text: 'Je hebt nog niets geschreven.',
    });
  });

  it('is a group that was not chosen, only where there are several', () => {
    const two = { ...noortje, groups: ['Hamsters', 'BSO'] };
    expect(faultsOfMessage(draft(), [], two, limits)).toHaveProperty('group');
    expect(faultsOfMessage(draft({ group: 'Vlinders' }), [], two, limits)).toHaveProperty('group');
    expect(faultsOfMessage(draft({ group: 'BSO' }), [], two, limits)).toEqual({});
  });

  it('is a text or subject that is too long, and by how much', () => {
    const long = draft({ subject: '12345678901', text: 'a'.repeat(1240) });
    expect(faultsOfMessage(long, [], noortje, limits)).toEqual({
      subject: 'Dit is 1 teken te lang.',
      text: 'Dit is 1.220 tekens te lang.',
    });
  });

  it('is not an empty text where a photo says enough', () => {
    expect(faultsOfText({ text: '', files: photo }, limits)).toEqual({});
  });

  it('counts as a person does', () => {
    expect(characters('👋🏽é')).toBeLessThanOrEqual(3);
    expect(faultsOfText({ text: '😀'.repeat(20), files: [] }, limits)).toEqual({});
  });
});

describe('what keeps a diary entry from being sent', () => {
  it('is nobody it is about, and a day that is yet to come', () => {
    const faults = faultsOfDiary(
      draft({ children: [], day: '2026-03-15' }),
      photo,
      '2026-03-14',
      null,
    );
    expect(Object.keys(faults)).toEqual(['child', 'day']);
    expect(faultsOfDiary(draft({ day: '2026-03-14' }), [], '2026-03-14', null)).toEqual({});
  });
});
