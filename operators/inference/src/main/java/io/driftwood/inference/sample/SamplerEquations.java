package io.driftwood.inference.sample;

import io.driftwood.inference.catalogue.Entry;
import java.util.Map;

/** What the samplers compute, for the reference page. */
final class SamplerEquations {

    private static final Map<String, String> OF = Map.ofEntries(
            Map.entry("chains", """
                    x_(t+1) ~ K(. | x_t),   K leaves p invariant;   step size and mass matrix are those at the end of the warm-up"""),
            Map.entry("importance", """
                    x_i ~ r,   w_i = p(x_i)/r(x_i),   Z = mean of w_i"""),
            Map.entry("ais", """
                    p_k = r^(1 - beta_k) p^beta_k,   x_0 ~ r,   x_k ~ K_k(. | x_(k-1)) that leaves p_k invariant
                    log w = sum_k (beta_k - beta_(k-1)) (log p - log r)(x_(k-1)),   Z = mean of w"""),
            Map.entry("hais", """
                    log w as ais;   K_k: rho = eta rho + sqrt(1 - eta^2) z, one leapfrog on p_k, accepted or rho = -rho"""),
            Map.entry("annealed-path", """
                    z_1 ~ q0,   z_(k+1) ~ F_k(. | z_k),   k = 1..K on log p_k = (1 - beta_k) log q0 + beta_k log p, no accept step
                    log w = log p(z_(K+1)) - log q0(z_1) + sum_k log B_k(z_k | z_(k+1))/F_k(z_(k+1) | z_k),   Z = mean of w
                    parameters maximise E log w, a lower bound of log Z;   resampled before bridge k, if asked, by w so far times p_k(z_k)
                    in strata: shares r_1..r_C that sum to one, paths of stratum c to p r_c with weight w N/n_c, n_c of all N paths"""),
            Map.entry("smc", """
                    W_i(k) = W_i(k-1) (p/r)(x_i)^(beta_k - beta_(k-1)) normalised,   log Z = sum_k log sum_i W_i(k-1) (p/r)(x_i)^(beta_k - beta_(k-1))
                    resampled when 1/sum_i W_i^2 falls below its threshold, then moved by kernels that leave p_k invariant"""),
            Map.entry("simulated-tempering", """
                    law of (x, j):  c_j r(x)^(1 - beta_j) p(x)^beta_j;   moves of x by K_j, attempts at neighbours of j
                    log c_j -= gamma_t (mean of P(j | x) - 1/(J + 1)) while warming up;   log Z = log(c_0/c_J) + log(o_J/o_0),   o_j = mean of P(j | x)"""),
            Map.entry("replica-exchange", """
                    one x_j for each beta_j;   x_j and x_k swap with min(1, e^((beta_j - beta_k) (u(x_k) - u(x_j)))),   u = log p - log r
                    Z = product over j of mean e^((beta_(j+1) - beta_j) u(x_j))"""),
            Map.entry("log-concave-coupling", """
                    xi | x ~ N(A x, I/rho),   x | xi proportional to p(x) e^(-rho/2 |xi - A x|^2),   score of xi = -rho (xi - E[A x | xi])
                    langevin  xi += h score + sqrt(2h) z, the mean by inner moves of x | xi;   gibbs  xi = A x + z/sqrt(rho), then inner moves"""),
            Map.entry("walk-jump", """
                    y_(t+1) ~ K(. | y_t) on q = p * N(0, sigma^2);   x = E[X | y] = y + sigma^2 grad log q(y), or a draw of X given y"""),
            Map.entry("joint-measurements", """
                    (y_1..y_m) ~ p(y_1..y_m) by a walk with scores (E[X | y_1..y_m] - y_i)/sigma^2;   then X given y_1..y_m"""),
            Map.entry("sequential-measurements", """
                    for k = 1..m:  y_k ~ p(. | y_1..y_(k-1)) by a walk with score (E[X | y_1..y_k] - y_k)/sigma^2;   then X given y_1..y_m"""),
            Map.entry("diffusion", """
                    X_t = e^-t X_0 + sqrt(1 - e^-2t) z forward;   dY = (Y + 2 grad log r_(T-t)(Y)) dt + sqrt(2) dB backward, r_t the law of X_t"""),
            Map.entry("localisation", """
                    Z_t = t X + B_t;   dZ = E[X | Z_t] dt + dB;   x = E[X | Z_T], or a draw of X given Z_T"""),
            Map.entry("joint-signs", """
                    y_i = x with each sign kept with probability 1/(1 + e^(-2 alpha));   score of each y_i: alpha E[X | y_1..y_m];   then X given them"""),
            Map.entry("sequential-signs", """
                    for k = 1..m:  y_k ~ p(. | y_1..y_(k-1)) by a discrete walk with score alpha E[X | y_1..y_k];   then X given y_1..y_m"""));

    private SamplerEquations() {}

    /** @throws IllegalArgumentException when nothing is known of a sampler of that name */
    static <T> Entry<T> with(Entry<T> entry) {
        String equation = OF.get(entry.name());
        if (equation == null) {
            throw new IllegalArgumentException("say what " + entry.name() + " computes");
        }
        return entry.noting("Equation", equation + "\n");
    }
}
