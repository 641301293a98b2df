import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keysBetweenParts } from './keys-between-parts';

let house: HTMLElement;
let leave: ReturnType<typeof keysBetweenParts>;
let opened: string[] = [];

beforeEach(() => {
  opened = [];
  house = document.createElement('div');
  house.innerHTML = `
    <nav class="menu"><a href="#one">1</a><a href="#two" aria-current="page">2</a></nav>
    <main tabindex="-1"><button>deep in a long list</button></main>
    <div role="dialog"><button>in a dialog</button></div>`;
  for (const link of house.querySelectorAll('a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      opened.push(link.getAttribute('href') ?? '');
    });
  }
  document.body.append(house);
  leave = keysBetweenParts(house);
});

afterEach(() => {
  if (leave) leave();
  house.remove();
});

const focus = (selector: string) => house.querySelector<HTMLElement>(selector)?.focus();
const press = (key: string, held = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held });

it('goes from deep in a list to the menu with F6, and back', async () => {
  focus('main button');
  await press('F6');
  expect(document.activeElement).toBe(house.querySelector('[aria-current]'));
  await press('F6');
  expect(document.activeElement).toBe(house.querySelector('main'));
});

it('opens an item of the menu with Alt and its number, and nothing where there is none', async () => {
  focus('main button');
  await press('1', { altKey: true });
  await press('7', { altKey: true });
  await press('2');
  expect(opened).toEqual(['#one']);
});

it('leaves a dialog alone', async () => {
  focus('[role=dialog] button');
  await press('F6');
  await press('1', { altKey: true });
  expect(document.activeElement).toBe(house.querySelector('[role=dialog] button'));
  expect(opened).toEqual([]);
});
