package io.driftwood.inference.transition;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.transition.UnderdampedLangevin.Scheme;
import java.util.function.Function;

/**
 * Every transition that a job can name. Equations are written in the whitened coordinates u = L^-1 x, C = L L^T the covariance that the mass matrix is
 * the inverse of, with g = L^T grad l the score there, z ~ N(0, I), and h or d the step.
 */
public final class Transitions {

    private static final Option FRICTION = Option.withDefault("friction", Shape.positive(), 1.0,
            "friction in units of the posterior's inverse scale; 1 forgets momenta about as fast as positions");

    private static final Option DOMAIN = Option.withDefault("domain", Shape.choice("signs", "one-hot"), "signs", "what the unknowns are: vectors of signs, or blocks of categories");

    private static final Option STRIDE = Option.withDefault("step", Shape.positive(), 1.0,
            "the step to start from: longer changes more unknowns in a move, and without an accept step is more biased");

    private static final String ONE_STAGE = "signs       y_j flips with probability sigma(-y_j s_j(y) - 2/h),  s the gradient of the log-mass U\n"
            + "categories  P(c) proportional to e^(s_c/2 - (2/h where c is not the present one))";

    public static final Catalogue<Transition> CATALOGUE = Catalogue.of("transition",
            entry("hmc", "Hamiltonian Monte Carlo, momentum fully or partly refreshed; exact; for most posteriors the fewest gradients per independent draw",
                    s -> new Hmc(s.number("integration-time"), s.text("integrator").equals("leapfrog") ? Integrator.LEAPFROG : Integrator.TWO_STAGE, s.number("refresh"), s.count("max-steps")),
                    "p = eta p + sqrt(1 - eta^2) z\nleapfrog   p += d/2 g(u);  u += d p;  p += d/2 g(u)\ntwo-stage  p += b d g(u);  u += d/2 p;  p += (1 - 2b) d g(u);  u += d/2 p;  p += b d g(u),  b = 0.21178\naccept with min(1, e^-dH), H = -l + |p|^2/2;  where rejected, p = -p",
                    "one score and two triangular products for each leapfrog, twice that for each two-stage step",
                    "by default; with refresh 0.9 and a short integration time where a whole trajectory per move is too much",
                    Option.withDefault("integration-time", Shape.positive(), 1.5,
                            "length of a trajectory in units of the posterior's scale; pi/2 makes draws of a Gaussian independent"),
                    Option.withDefault("integrator", Shape.choice("two-stage", "leapfrog"), "two-stage",
                            "two-stage has half the gradients of leapfrog at the same acceptance where the mass matrix fits"),
                    Option.withDefault("refresh", new Shape.Number(0, 1, false, true), 0.0,
                            "share of the momentum that is kept from move to move; 0 draws it anew"),
                    Option.withDefault("max-steps", Shape.integer(1, 1024), 64L, "steps after which a trajectory ends, however short; 1 for one step of the tuned size")),
            entry("mala", "Metropolis-adjusted Langevin; exact; one gradient per move", s -> new Mala(),
                    "v = h g(u) + sqrt(2h) z;  u' = u + v\nlog a = l(u') - l(u) - |v + h g(u')|^2/(4h) + |z|^2/2",
                    "one score and three triangular products", "in place of hmc where moves must be cheap, or the posterior is far from Gaussian"),
            entry("ula", "unadjusted Langevin; no accept step; one gradient per move", s -> new Ula(s.flag("taming"), s.number("step")),
                    "u' = u + h g(u) + sqrt(2h) z\nu' = u + h g(u)/(1 + h |g(u)|) + sqrt(2h) z    with taming",
                    "one score and two triangular products", "for targets whose density is not known or not comparable, only their score",
                    Option.withDefault("taming", Shape.flag(), false, "whether to shorten large scores, for tails that are lighter than a Gaussian's"), step(0.1)),
            entry("obab", "underdamped Langevin, friction first; no accept step; one gradient per move",
                    s -> new UnderdampedLangevin(s.text("refresh").equals("exact") ? Scheme.OBAB : Scheme.OBAB_EULER, s.number("friction"), s.number("step")),
                    "p = e^(-f d) p + sqrt(1 - e^(-2 f d)) z      or, by Euler, p = (1 - f d) p + sqrt(2 f d) z\np += d/2 g(u);  u += d p;  p += d/2 g(u)",
                    "one score and three triangular products", "as the forward path of annealed importance sampling and variational families", FRICTION,
                    Option.withDefault("refresh", Shape.choice("exact", "euler"), "exact", "how friction and noise act on the momentum: by their exact solution, or by one Euler step"), step(0.3)),
            entry("aboba", "underdamped Langevin, score in the middle; no accept step; one gradient per move", s -> new UnderdampedLangevin(Scheme.ABOBA, s.number("friction"), s.number("step")),
                    "u += d/2 p;  p += d/2 g(u);  p = e^(-f d) p + sqrt(1 - e^(-2 f d)) z;  p += d/2 g(u)\nu += d/2 p",
                    "one score and four triangular products, and one score more when the moves end", "for walks over smoothed densities, whose scores are noisy or dear", FRICTION, step(0.3)),
            entry("baoab", "underdamped Langevin, friction in the middle; no accept step; one gradient per move", s -> new UnderdampedLangevin(Scheme.BAOAB, s.number("friction"), s.number("step")),
                    "p += d/2 g(u);  u += d/2 p;  p = e^(-f d) p + sqrt(1 - e^(-2 f d)) z;  u += d/2 p\np += d/2 g(u)",
                    "one score and four triangular products", "as the least biased of the unadjusted kernels", FRICTION, step(0.3)),
            entry("euler-vu", "underdamped Langevin by Euler, momentum first; no accept step; one gradient per move", s -> new UnderdampedLangevin(Scheme.EULER_VU, s.number("friction"), s.number("step")),
                    "p = (1 - f d) p + d g(u) + sqrt(2 f d) z\nu += d p",
                    "one score and two triangular products", "to compare with published results; otherwise baoab has less bias at the same cost", FRICTION, step(0.3)),
            entry("sgld", "stochastic gradient Langevin, its score from a batch of the history's rows; no accept step",
                    s -> new Sgld(s.count("batch"), s.flag("control-variate"), s.number("decay"), s.number("decay-after"), s.number("step")),
                    "u' = u + h/2 G(u) + sqrt(h) z,  G an unbiased estimate of g from b of n rows\nh falls as (1 + t/t0)^-decay",
                    "the score of b rows in place of n; with the control variate n rows at one point besides; one whole score when the moves end",
                    "for long histories, where a whole score is too dear and some bias is not",
                    Option.withDefault("batch", Shape.count(), 64L, "rows of the history in each estimate of the score"),
                    Option.withDefault("control-variate", Shape.flag(), true, "whether to correct the estimate by the whole score at the population's mean"),
                    Option.withDefault("decay", Shape.between(0, 1), 0.0, "power by which the step falls with the moves of a chain; 0 keeps it"),
                    Option.withDefault("decay-after", Shape.positive(), 10.0, "moves after which the step has fallen to 2^-decay"), step(0.02)),
            entry("proximal", "proximal sampler: noise, then a draw from the more log-concave density given it; exact, with a smoothness only where that is a bound",
                    s -> s.optionalNumber("smoothness").<Transition>map(ProximalRejection::new).orElseGet(() -> new ProximalMetropolis(s.number("coupling"), s.count("steps"))),
                    "y = u + sqrt(e) z\nu' from the density e^(l(u) - |u - y|^2/(2e)),  by rejection with e = 1/(M d), or by Metropolis-adjusted Langevin steps",
                    "with a smoothness some 5 to 10 scores, without it one score a step",
                    "where the step size of hmc or mala is held down by a part of the posterior; with a smoothness, where its bound is known",
                    Option.optional("smoothness", Shape.positive(),
                            "the largest curvature of the log-density either way in units of the posterior's scale; draws are then by rejection, and it is raised when it is found too small; absent: Metropolis steps"),
                    Option.withDefault("coupling", Shape.positive(), 1.0, "variance of the noise in units of the posterior's, without a smoothness"),
                    Option.withDefault("steps", Shape.integer(1, 1000), 5L, "Metropolis steps of a move, without a smoothness")),
            entry("stein", "Stein variational flow of the whole population; deterministic, approximate, not a Markov kernel", s -> new Stein(s.number("step")),
                    "F_i = 1/(N kbar) sum_j [ k(u_j, u_i) g(u_j) + 2/b (u_i - u_j) k(u_j, u_i) ]\nu_i += h F_i/(1 + h |F_i|)\nk(u, v) = e^(-|u - v|^2/b),  b = median distance^2/log(N + 1),  kbar the mean of k",
                    "one score and O(N^2 d)", "for few particles that are to stand evenly; not for evidence", step(0.3)),
            entry("dula", "discrete Langevin; no accept step; one gradient per move, in which every coordinate may change",
                    s -> discrete(s, false), ONE_STAGE, "one score, O(d) besides", "to start from far away, or with a small step", DOMAIN, STRIDE),
            entry("dmala", "Metropolis-adjusted discrete Langevin; exact; one gradient per move, in which every coordinate may change",
                    s -> discrete(s, true), ONE_STAGE + "\nlog a = U(y') - U(y) + log q(y | y') - log q(y' | y)", "one score, O(d) besides", "for discrete unknowns, by default", DOMAIN, STRIDE),
            entry("two-stage", "two-stage discrete Langevin: noise on the signs or categories, then signs or categories given it",
                    s -> s.text("domain").equals("signs") ? new TwoStage(s.flag("metropolis"), s.number("step")) : new CategoricalTwoStage(s.flag("metropolis"), s.number("step")),
                    "signs       z_j = 1 with probability sigma(2 y_j/h);  y'_j = 1 with probability sigma(2 (s_j(z) + z_j/h)),  s the gradient of the log-mass U\n"
                            + "categories  P(z = c) proportional to e^(2/h where c is that of y);  P(y' = c) to e^(s_c(z) + (2/h where c is that of z))\n"
                            + "log a = U(y') - U(y) - s(z).(y' - y)",
                    "two scores with the accept step, one without", "where it mixes faster than dmala: weak interactions, such as densities smoothed by noise",
                    Option.withDefault("metropolis", Shape.flag(), true, "whether to accept or reject, which makes it exact"), DOMAIN, STRIDE));

    /** The knob of a kernel without an accept step. */
    private static Option step(double fallback) {
        return Option.withDefault("step", Shape.positive(), fallback,
                "the step, in units of the posterior's scale: shorter is less biased and slower; where a posterior has walls steeper than its scale, shorten it");
    }

    private static Transition discrete(Settings settings, boolean adjusted) {
        return settings.text("domain").equals("signs") ? new DiscreteLangevin(adjusted, settings.number("step"))
                : new CategoricalLangevin(adjusted, settings.number("step"));
    }

    private Transitions() {}

    /** An entry with the notes that every transition has; what it leaves invariant is asked of the kernel itself. */
    private static Entry<Transition> entry(String name, String help, Function<Settings, Transition> build, String equation, String cost, String when, Option... options) {
        Entry<Transition> entry = Entry.of(name, help, build, options);
        Transition kernel = build.apply(entry.defaults());
        Transition.Exactness exactness = kernel.exactness();
        return entry.noting("Equation", equation.contains("\n") ? equation : equation + "\n")
                .noting("Law", exactness.exact() ? "leaves the target invariant" : "not exact. " + Character.toUpperCase(exactness.bias().charAt(0)) + exactness.bias().substring(1))
                .noting("Moves on", switch (kernel.domain()) {
                    case REAL -> "real numbers";
                    case SIGNS -> entry.options().contains(DOMAIN) ? "vectors of signs, or blocks of categories in one-hot form" : "vectors of signs";
                    case ONE_HOT -> "blocks of categories in one-hot form";
                })
                .noting("Cost of a move", cost)
                .noting("Take it", when);
    }
}
