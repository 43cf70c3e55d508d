/** Learning from a stream what others use: the learners that a job can name. */
package io.driftwood.inference.learn;
