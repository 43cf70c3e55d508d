/** How one observation is folded into a population: reweight, temper, resample, move; and the history policies. */
package io.driftwood.inference.assimilate;
