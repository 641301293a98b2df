import { describe, expect, it } from 'vitest';
import { addressesIn, hasWords, links, numbersIn, telephone } from './telephone';

const called = (written: string) => links(numbersIn(written)).map(({ link }) => link);

describe('a telephone number as it is written', () => {
  it('is dialled as it rings', () => {
    for (const [written, dialled] of [
      ['020 555 01 20', 'tel:0205550120'],
      ['+31 (0)23 - 555 01 34', 'tel:+31235550134'],
      ['+31 023 555 01 34', 'tel:+31235550134'],
      ['0031 (0)23 555 01 34', 'tel:0031235550134'],
      ['(023) 555 01 34', 'tel:0235550134'],
      [' 06.12.34.56.78 ', 'tel:0612345678'],
      ['0900-1234', 'tel:09001234'],
    ] as const) {
      expect(telephone(written)).toBe(dialled);
      expect(called(written)).toEqual([dialled]);
    }
    expect(called('112')).toEqual(['tel:112']);
    expect(called('14 023')).toEqual(['tel:14023']);
  });

  it('is found among words, and so are two of them', () => {
    const two = ['tel:0235550134', 'tel:0612345678'];
    for (const written of [
      '023-5550134 / 06-12345678',
      '023-5550134 of 06 12 34 56 78',
      '023-5550134, 06-12345678 (app)',
      '023-5550134 06-12345678',
      '023 - 555 01 34 - 06-12345678',
    ])
      expect([written, called(written)]).toEqual([written, two]);
    for (const hours of [
      '(ma-vr)',
      '(ma-vr 8.30-12.00 uur)',
      '8.30-12.00',
      'van 8-12',
      '(9:00 - 17:00)',
      't. 12',
    ])
      expect([hours, called(`023-5550134 ${hours}`)]).toEqual([hours, ['tel:0235550134']]);
    expect(numbersIn('Nood: 06-12345678 (24 uur)')).toEqual([
      { text: 'Nood: ', link: null },
      { text: '06-12345678', link: 'tel:0612345678' },
      { text: ' (24 uur)', link: null },
    ]);
  });

  it('is no code that tells a telephone to do something', () => {
    for (const code of ['*21*0612345678#', '*#06#', '#31#0612345678', 'bel de groep', '2012 AB'])
      expect([code, called(code)]).toEqual([code, []]);
  });
});

it('an e-mail address is found among words, and is only that', () => {
  const mailed = (written: string) => links(addressesIn(written)).map(({ link }) => link);
  expect(mailed('info@kdv.example')).toEqual(['mailto:info@kdv.example']);
  expect(mailed('Planning <plan.bos@kdv.example>, of oc@kdv.example')).toEqual([
    'mailto:plan.bos@kdv.example',
    'mailto:oc@kdv.example',
  ]);
  expect(mailed('a@kdv.example?bcc=x')).toEqual(['mailto:a@kdv.example']);
  expect(mailed('via de app')).toEqual([]);
  expect(hasWords(addressesIn('info@kdv.example / oc@kdv.example'))).toBe(false);
  expect(hasWords(addressesIn('info@kdv.example (planning)'))).toBe(true);
});
