package io.driftwood.inference.transition;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;

/** Every transition that a job can name. */
public final class Transitions {

    public static final Catalogue<Transition> CATALOGUE = Catalogue.of("transition",
            Entry.of("hmc", "Hamiltonian Monte Carlo, momentum fully refreshed; exact; for most posteriors the fewest gradients per independent draw",
                    s -> new Hmc(s.number("integration-time"), s.text("integrator").equals("leapfrog") ? Integrator.LEAPFROG : Integrator.TWO_STAGE),
                    Option.withDefault("integration-time", Shape.positive(), 1.5,
                            "length of a trajectory in units of the posterior's scale; pi/2 makes draws of a Gaussian independent"),
                    Option.withDefault("integrator", Shape.choice("two-stage", "leapfrog"), "two-stage",
                            "two-stage has half the gradients of leapfrog at the same acceptance where the mass matrix fits")),
            Entry.of("mala", "Metropolis-adjusted Langevin; exact; one gradient per move", s -> new Mala()));

    private Transitions() {}
}
