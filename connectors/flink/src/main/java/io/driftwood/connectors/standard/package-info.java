/** The standard streams of the process that runs the job. */
package io.driftwood.connectors.standard;
