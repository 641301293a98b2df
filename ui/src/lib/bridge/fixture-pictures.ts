/** A drawn stand-in for a photo, always the same for the same id. Portrait, landscape or square. */
export function drawPicture(id: string, size: 'thumb' | 'medium' | 'full'): string {
  let seed = 7;
  for (const char of id) seed = (seed * 33 + char.charCodeAt(0)) % 99991;
  const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const shapes: [number, number][] = [
    [800, 600],
    [600, 800],
    [720, 720],
  ];
  const [width, height] = shapes[Math.floor(next() * 3)] ?? [800, 600];
  const hue = Math.floor(next() * 360);
  const scale = size === 'thumb' ? 0.4 : size === 'medium' ? 1.5 : 4;
  const hills = [0, 1, 2].map((at) => {
    const top = height * (0.5 + at * 0.15 + next() * 0.06);
    const tone = `hsl(${(hue + at * 24) % 360} 38% ${62 - at * 13}%)`;
    return `<path d="M0 ${top} Q${width * next()} ${top - 110} ${width} ${top + 30} V${height} H0Z" fill="${tone}"/>`;
  });
  const people = [0, 1, 2].map((at) => {
    const x = width * (0.2 + at * 0.28 + next() * 0.08);
    const y = height * (0.68 + next() * 0.1);
    const coat = `hsl(${Math.floor(next() * 360)} 62% 55%)`;
    return `<g><ellipse cx="${x}" cy="${y + 60}" rx="46" ry="62" fill="${coat}"/><circle cx="${x}" cy="${y - 22}" r="36" fill="#f3cfae"/></g>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="hsl(${(hue + 180) % 360} 55% 86%)"/>` +
    `<circle cx="${width * next()}" cy="${height * 0.2}" r="56" fill="#fff3c4"/>${hills.join('')}${people.join('')}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
