/** The composition root: the only room that chooses between implementations and wires them. */
package io.driftwood.jobs;
