/**
 * Posteriors of what moves: filters of state-space models, one per key, that serve in the same place as the posteriors of what stands still.
 *
 * <p>A {@link io.driftwood.inference.filter.FilterPosterior} reads records, tells the time and counts; a
 * {@link io.driftwood.inference.filter.Filter} carries the state from one record to the next.
 */
package io.driftwood.inference.filter;
