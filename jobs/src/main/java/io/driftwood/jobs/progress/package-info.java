/** How far a job has got, for people: read from Flink's metrics, shown on standard error. */
package io.driftwood.jobs.progress;
