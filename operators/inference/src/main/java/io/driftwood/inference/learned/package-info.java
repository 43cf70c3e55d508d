/**
 * What one job or command has learned for others to use: priors, denoisers, tuned paths. Named numbers under a version, without meaning of
 * their own; the rooms that learn and use them give it.
 */
package io.driftwood.inference.learned;
