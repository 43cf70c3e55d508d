/** Streams with known truth. */
package io.driftwood.jobs.simulate;
