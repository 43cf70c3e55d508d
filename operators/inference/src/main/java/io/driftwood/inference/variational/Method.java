package io.driftwood.inference.variational;

/**
 * The named members of the family, each a dynamics and a way to refresh momenta. What some of them add is a score network in the backward kernel; without
 * one it is zero, and then MCD is ULA and LDVI_EM is UHA_EM.
 *
 * <p>References: ULA: Thin et al. (2021), Monte Carlo variational auto-encoders; MCD: Doucet, Grathwohl, Matthews and Strathmann (2022); UHA: Geffner and
 * Domke (2021), MCMC variational inference via uncorrected Hamiltonian annealing; LDVI: Geffner and Domke (2023), Langevin diffusion variational inference.
 */
public enum Method {
    /** Overdamped Langevin, Euler in both directions. */
    ULA(new Overdamped(), Refresh.PARTIAL),
    /** Monte Carlo diffusion. */
    MCD(new Overdamped(), Refresh.PARTIAL),
    /** Uncorrected Hamiltonian annealing; its second parameter is the share eta of the momentum that is kept. */
    UHA(new Splitting(), Refresh.PARTIAL),
    /** Langevin diffusion variational inference as its code was released: friction by Euler in both directions. */
    LDVI(new Splitting(), Refresh.EULER),
    /** The same with exact friction forward and Euler's backward, which loses at equilibrium. */
    LDVI_MIXED(new Splitting(), Refresh.EXACT_THEN_EULER),
    /** The same with exact friction in both directions. */
    LDVI_EXACT(new Splitting(), Refresh.EXACT),
    /** Underdamped Langevin by Euler and Maruyama. */
    UHA_EM(new EulerMaruyama(), Refresh.EULER),
    LDVI_EM(new EulerMaruyama(), Refresh.EULER);

    final Dynamics dynamics;
    final Refresh refresh;

    Method(Dynamics dynamics, Refresh refresh) {
        this.dynamics = dynamics;
        this.refresh = refresh;
    }

    /** Whether paths have momenta, and the second parameter means anything. */
    public boolean hasMomentum() { return dynamics.hasMomentum(); }

    /** Whether the second parameter is a share eta of the momentum kept at every step, in [0, 1); a friction gamma &gt; 0 otherwise. */
    public boolean keepsShare() { return refresh.isShare(); }
}
