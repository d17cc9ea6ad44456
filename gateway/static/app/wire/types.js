/**
 * The shapes on the wire, as the gateway's documentation gives them. Types only; no code.
 *
 * @typedef {import('../core/words.js').Stage} Stage
 * @typedef {'running' | 'awaiting-input' | 'paused' | 'complete' | 'cancelled'} Status
 *
 * @typedef {{ name: string, key: string, kind: 'image' | 'video', sha256: string, size: number, width: number, height: number,
 *   duration: number | null, provenance: Record<string, unknown> }} Artifact
 *
 * @typedef {{ stage: Stage, number: number, artifacts: Artifact[], masters: Artifact[],
 *   recipe: Recipe, madeFrom: number | null, provider: 'proof' | 'live', createdAt: string }} Take
 *
 * @typedef {{ stage: Stage, pose?: string | null, background?: string | null, notes?: string[], said?: string[],
 *   base?: number | null, modify?: number[], instruction?: string | null, aspectRatio?: string,
 *   slots?: { index: number, variation: number, notes: string[] }[], edit?: Edit }} Recipe
 *
 * @typedef {{ loop: boolean, pace: number, easing: string }} Edit
 *
 * @typedef {{ id: string, stage: Stage, status: 'complete' | 'failed', message: string,
 *   take: number | null, estimate: number | null, code: string | null, provenance: string,
 *   options: { decisions: string[], frames: number, clips: number, aspectRatios: string[] } }} Checkpoint
 *
 * @typedef {{ key: string, name: string, width: number, height: number }} Reference
 *
 * @typedef {{ id: string, brief: { prompt: string, references: Reference[], options: ShootOptions },
 *   direction: { pose: string, background: string, styling: string } | null,
 *   stage: Stage, status: Status,
 *   providers: { images: string, clips: string, direction: string, imageUsd: number | null, clipUsd: number | null } | null,
 *   checkpoint: Checkpoint | null, takes: Take[], notes: Record<string, string>, current: Partial<Record<Stage, number>>,
 *   numbered: Partial<Record<Stage, number>>, edit: Edit, aspectRatio: string,
 *   transcript: { id: string, role: 'person' | 'director', text: string, stage: Stage, at: string }[],
 *   ledger: { state: string, estimateUsd: number | null }[],
 *   running: { runId: string, tool: string, detail: string }[],
 *   createdAt: string, updatedAt: string, offset: number }} ShootState
 *
 * @typedef {{ provider: 'auto' | 'live' | 'proof', autopilot: boolean, loop: boolean | null,
 *   pace: number | null, easing: string | null, aspectRatio: string | null, pose: string | null,
 *   background: string | null, budget: number | null }} ShootOptions
 *
 * @typedef {{ type: string } & Record<string, any>} Decision
 * @typedef {{ checkpointId: string | null, director: 'house' | 'claude', words: string, decisions: Decision[], estimate: number | null }} Understood
 * @typedef {{ type: string } & Record<string, any>} WireEvent
 *
 * @typedef {{ id: string, title: string, stage: Stage, status: Status, createdAt: string,
 *   waitsFor: 'person' | 'studio' | null, thumbnail: string | null }} Summary
 *
 * @typedef {{ poses: { id: string, words: string }[], backgrounds: { id: string, words: string }[],
 *   aspectRatios: string[], easings: string[],
 *   pace: { min: number, max: number, default: number, secondsPerClip: number },
 *   defaults: { pose: string, background: string, easing: string },
 *   limits: { references: number, referenceBytes: number, referenceTypes: string[], words: number },
 *   providers: { proof: boolean, live: boolean, images: string, clips: string, direction: string,
 *     imageUsd?: number | null, clipUsd?: number | null }, owner: string | null }} Options
 *
 * @typedef {{ originalName: string, path: string, url: string, width: number, height: number }} Uploaded
 */

export {};
