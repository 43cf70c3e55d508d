/**
 * Simulation-based calibration of everything that can be chosen: parameters are drawn from the prior, a short stream is simulated
 * from them, the recursion runs, and where the true parameters stand in their posteriors must be uniform. The suite reads the
 * catalogues, so that a new entry is calibrated without being asked.
 *
 * <p>References: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv:1804.06788; Modrak, Moon, Kim, Buerkner, Huurre,
 * Faltejskova, Gelman and Vehtari (2025), Bayesian Analysis 20(2), for the log-likelihood as a test quantity.
 */
package io.driftwood.calibration;
