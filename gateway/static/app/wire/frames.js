/** Server-sent events from bytes: whole frames, however the bytes were cut. */

/** @typedef {{ id: string, data: string }} Frame */

/**
 * A reader that is fed text and gives the frames completed by it. Comments and unknown fields are
 * dropped; a frame without data is none.
 * @returns {(text: string) => Frame[]}
 */
export function frameReader() {
  let rest = '';
  let id = '';
  /** @type {string[]} */
  let data = [];

  return (text) => {
    /** @type {Frame[]} */
    const frames = [];
    const whole = rest + text;
    // A carriage return at the very end may be half of a line break: it waits for the next text.
    const held = whole.endsWith('\r') ? whole.length - 1 : whole.length;
    const lines = whole.slice(0, held).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + whole.slice(held);
    for (const line of lines) {
      if (line === '') {
        if (data.length) frames.push({ id, data: data.join('\n') });
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(5).replace(/^ /, ''));
      } else if (line.startsWith('id:')) {
        id = line.slice(3).trim();
      }
    }
    return frames;
  };
}
