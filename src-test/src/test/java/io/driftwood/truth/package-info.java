/**
 * The recursion held to answers that were found without it: closed forms and frozen references on real data. A stream runs in a
 * plain loop, as {@code SequentialPosterior} promises the same bits everywhere else.
 *
 * <p>Monte Carlo assertions are p-values (see {@link io.driftwood.truth.Significance}), all of them together with a false-alarm
 * probability below 1e-5 for a change of the bits.
 */
package io.driftwood.truth;
