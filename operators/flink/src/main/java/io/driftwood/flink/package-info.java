/**
 * The Flink side of the posterior recursion: {@link io.driftwood.flink.PosteriorFunction} orders a key's observations, hands
 * them to a {@code SequentialPosterior} with the key's saved state, and keeps the books.
 *
 * <p>The packages below it know nothing of the function: {@code type} (how records travel between operators), {@code state}
 * (how a posterior is kept and saved), {@code order} (event-time order up to the watermark).
 */
package io.driftwood.flink;
