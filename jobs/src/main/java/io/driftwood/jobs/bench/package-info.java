/** What {@code driftwood bench} asks of whoever brings benchmarks. */
package io.driftwood.jobs.bench;
