/** Derived quantities: reading functions of the parameters. */
package io.driftwood.jobs.predict;
