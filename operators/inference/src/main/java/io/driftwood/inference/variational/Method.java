package io.driftwood.inference.variational;

import java.util.Set;

/**
 * The named members of the family, each a dynamics, a way to refresh momenta and the parts it was published with. Without those parts (a plan made by
 * {@link PathPlan#of}) MCD is ULA and LDVI_EM is UHA_EM.
 *
 * <p>References: ULA: Thin et al. (2021), Monte Carlo variational auto-encoders; MCD: Doucet, Grathwohl, Matthews and Strathmann (2022); UHA: Geffner and
 * Domke (2021), MCMC variational inference via uncorrected Hamiltonian annealing; LDVI: Geffner and Domke (2023), Langevin diffusion variational inference;
 * DAIS: Zhang et al. (2021); HVI: Salimans, Kingma and Welling (2015); HVAE: Caterini, Doucet and Sejdinovic (2018); SNF: Wu, Koehler and Noe (2020); CMCD: Vargas, Padhy, Blessing and
 * Nuesken (2024), Transport meets variational inference: controlled Monte Carlo diffusions.
 */
public enum Method {
    /** Overdamped Langevin, Euler in both directions. */
    ULA(new Overdamped(), Refresh.PARTIAL, Bridging.INSIDE),
    /** Monte Carlo diffusion. */
    MCD(new Overdamped(), Refresh.PARTIAL, Bridging.INSIDE, Extra.NETWORK),
    /** Uncorrected Hamiltonian annealing; its second parameter is the share eta of the momentum that is kept. */
    UHA(new Splitting(), Refresh.PARTIAL, Bridging.INSIDE),
    /** Langevin diffusion variational inference as its code was released: friction by Euler in both directions. */
    LDVI(new Splitting(), Refresh.EULER, Bridging.INSIDE, Extra.NETWORK),
    /** The same with exact friction forward and Euler's backward, which loses at equilibrium. */
    LDVI_MIXED(new Splitting(), Refresh.EXACT_THEN_EULER, Bridging.INSIDE, Extra.NETWORK),
    /** The same with exact friction in both directions. */
    LDVI_EXACT(new Splitting(), Refresh.EXACT, Bridging.INSIDE, Extra.NETWORK),
    /** Underdamped Langevin by Euler and Maruyama. */
    UHA_EM(new EulerMaruyama(), Refresh.EULER, Bridging.INSIDE),
    LDVI_EM(new EulerMaruyama(), Refresh.EULER, Bridging.INSIDE, Extra.NETWORK),
    /** No steps at all: the start is the answer, and the bound that of variational inference with a normal. */
    PLAIN(new Overdamped(), Refresh.PARTIAL, Bridging.NONE),
    /** Differentiable annealed importance sampling: half a drift, a kick, half a drift, and the last bridge is the target. */
    DAIS(new DriftKickDrift(), Refresh.PARTIAL, Bridging.REACHING),
    /** Hamiltonian variational inference: leapfrogs on the target from a fresh momentum; the last momentum is weighed by a learned law. */
    HVI(new Splitting(), Refresh.KEPT, Bridging.NONE, Extra.LAST_MOMENTUM),
    /**
     * Hamiltonian importance sampling (HVAE): leapfrogs on the target while momenta cool from variance 1/beta_0; beta_0 in (0, 1) is the second parameter.
     */
    HVAE(new Splitting(), Refresh.COOLED, Bridging.NONE),
    /** Stochastic normalising flow: a coupling layer before every overdamped step. */
    SNF(new Overdamped(), Refresh.PARTIAL, Bridging.INSIDE, true),
    /** Controlled Monte Carlo diffusion: a learned drift, added forward and taken away backward. */
    CMCD(new Overdamped(), Refresh.PARTIAL, Bridging.INSIDE, Extra.LEARNED_BRIDGES, Extra.CONTROLLED);

    final Dynamics dynamics;
    final Refresh refresh;
    final Bridging bridging;
    final Set<Extra> extras;
    /** Whether coupling layers stand between the steps. */
    final boolean layered;

    Method(Dynamics dynamics, Refresh refresh, Bridging bridging, Extra... extras) { this(dynamics, refresh, bridging, false, extras); }

    Method(Dynamics dynamics, Refresh refresh, Bridging bridging, boolean layered, Extra... extras) {
        this.dynamics = dynamics;
        this.refresh = refresh;
        this.bridging = bridging;
        this.extras = Set.of(extras);
        this.layered = layered;
    }

    /** Whether paths have momenta. */
    public boolean hasMomentum() { return dynamics.hasMomentum(); }

    /** Whether the second parameter means anything. */
    public boolean hasFriction() { return hasMomentum() && refresh != Refresh.KEPT; }

    /** Whether the second parameter is a share in (0, 1): of the momentum kept at every step, or an inverse temperature; a friction gamma &gt; 0 otherwise. */
    public boolean keepsShare() { return refresh.isShare(); }

    /** Whether there are steps. */
    public boolean bridged() { return this != PLAIN; }
}
