/** Addresses of pictures, clips and films. */

/** @typedef {{ src: string, srcset: string }} Sources */

const WIDTHS = [160, 320, 640, 1280];

/**
 * The file of a take, with its content's mark: a shoot that was set back to an older day makes
 * other takes under numbers that this browser may still hold.
 * @param {string} id
 * @param {string} stage
 * @param {number} take
 * @param {{ name: string, sha256?: string }} artifact
 */
export function takeUrl(id, stage, take, artifact) {
  const mark = artifact.sha256 ? `?v=${artifact.sha256.slice(0, 12)}` : '';
  return `/outputs/${id}/takes/${stage}/${take}/${artifact.name}${mark}`;
}

/** @param {string} url @param {string} query */
const asked = (url, query) => `${url}${url.includes('?') ? '&' : '?'}${query}`;

/** The same address, saved as a file. */
export const asDownload = (/** @type {string} */ url) => asked(url, 'download=1');

/** A reference's picture, about `width` pixels wide. */
export const referenceUrl = (/** @type {string} */ key, /** @type {number} */ width) => `/${key}?width=${width}`;

/** The picture at `url`, about `width` pixels wide. */
export const scaled = (/** @type {string} */ url, /** @type {number} */ width) => asked(url, `width=${width}`);

/**
 * What an `img` needs to choose its size. `width` is the original's, in pixels; `small` leaves the
 * original itself out.
 * @param {string} url
 * @param {number} width
 * @param {boolean} [small]
 * @returns {Sources}
 */
export function sources(url, width, small = false) {
  const smaller = WIDTHS.filter((one) => one < width);
  const set = smaller.map((one) => `${scaled(url, one)} ${one}w`);
  if (!small || !set.length) set.push(`${url} ${width}w`);
  return { src: smaller.length ? scaled(url, smaller[smaller.length - 1]) : url, srcset: set.join(', ') };
}
