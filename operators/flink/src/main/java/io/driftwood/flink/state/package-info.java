/** How a key's posterior is kept ({@code PosteriorStore}) and saved ({@code PosteriorStateSerializer} and its layouts). */
package io.driftwood.flink.state;
