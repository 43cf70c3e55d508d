/** Tuning of annealed paths off line: what is tuned, a run that can be stopped and gone on with, and how it is shown. */
package io.driftwood.jobs.tune;
