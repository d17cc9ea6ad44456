/** A decision as a stage direction: what was asked for, in a line. */

import { listed, product, spoken, theProduct } from '../core/words.js';
import { ratioName } from '../bar/ratio.js';

/**
 * @param {import('../wire/types.js').Decision} decision
 * @returns {string}
 */
export function decided(decision) {
  switch (decision.type) {
    case 'approve': return 'Continue';
    case 'retry': return 'Try again';
    case 'cancel': return 'Cancel the shoot';
    case 'revise': return ['Redo', theProduct(decision.stage), details(decision)].filter(Boolean).join(' ');
    case 'modify': return `Change ${decision.frames.length > 1 ? 'frames' : 'frame'} ${listed(decision.frames)}: ${decision.instruction}`;
    case 'resize': return `Frames at ${ratioName(decision.aspectRatio).toLowerCase()}`;
    case 'regenerate': return `Redo ${decision.clips.length > 1 ? 'clips' : 'clip'} ${listed(decision.clips)}${decision.instruction ? `: ${decision.instruction}` : ''}`;
    case 'edit': return `Cut: ${edit(decision)}`;
    case 'use-take': return `${product(decision.stage)}: back to take ${decision.take}`;
    default: return decision.type;
  }
}

/** @param {import('../wire/types.js').Decision} decision */
function details({ pose, background, instruction }) {
  const set = [pose, background].filter(Boolean).map((one) => spoken(one).toLowerCase()).join(', ');
  return [set && `with ${set}`, instruction && `: ${instruction}`].filter(Boolean).join('').replace(/^: /, '— ');
}

/** @param {import('../wire/types.js').Decision} decision */
function edit({ loop, pace, easing }) {
  return [
    pace && `${pace}×`,
    easing && spoken(easing).toLowerCase(),
    loop === true && 'with a loop',
    loop === false && 'without a loop',
  ].filter(Boolean).join(', ');
}
