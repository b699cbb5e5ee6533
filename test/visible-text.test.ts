import { expect, test } from 'vitest';
import { visibleLines, visibleText } from '../src/visible-text.js';

test('what steers a terminal is shown, other text is left as it is', () => {
  expect(visibleText('Größe 5 "µ" 猫')).toBe('Größe 5 "µ" 猫');
  expect(visibleText('a\u001b[31mb\u0000\u007f\u009b\u2028')).toBe('a\\u001b[31mb\\u0000\\u007f\\u009b\\u2028');
});

test('line breaks and tabs become blanks on one line, and stay in lines', () => {
  expect(visibleText('a\r\nb\tc')).toBe('a  b c');
  expect(visibleLines('a\r\nb\tc\u001b')).toBe('a\r\nb\tc\\u001b');
});
