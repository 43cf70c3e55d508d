/** The jobs: what they are made of, their graphs, and how they are run. */
package io.driftwood.jobs.topology;
