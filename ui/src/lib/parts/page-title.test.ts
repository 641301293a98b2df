import { expect, it } from 'vitest';
import { pageTitle } from './page-title';

const routes = Object.keys(import.meta.glob('../../routes/**/+page.svelte'))
  .map((file) => file.replace('../../routes', '').replace('/+page.svelte', ''))
  .filter((path) => path !== '');

it('every page gives the window a title, and one of its own unless it is a piece of another', () => {
  expect(routes).toContain('/overig/account/[child]');
  const whole = routes.filter((path) => !path.includes('['));
  const titles = whole.map(pageTitle);
  expect(new Set(titles).size).toBe(whole.length);
  for (const path of routes) expect(pageTitle(path)).toMatch(/.+ · Schriftje$/);
});

it('is what the page is about', () => {
  expect(pageTitle('/overig/account')).toBe('Account & Kinderen · Schriftje');
  expect(pageTitle('/overig/account/n')).toBe('Account & Kinderen · Schriftje');
  expect(pageTitle('/overig/observaties/o-1')).toBe('Observaties · Schriftje');
  expect(pageTitle('/overig/over')).toBe('Over Schriftje · Schriftje');
  expect(pageTitle('/mijn-locatie/nieuwsbrieven/l-1')).toBe('Nieuwsbrieven · Schriftje');
});
