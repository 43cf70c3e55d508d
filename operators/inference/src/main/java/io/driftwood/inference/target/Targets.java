package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** The built-in targets: distributions to sample from, with what is known about them. */
public final class Targets {

    public static final Catalogue<Problem> CATALOGUE = Catalogue.of("target",
            Entry.of("gaussian", "Normal distribution; exact draws and normaliser known.", GaussianOptions::gaussian, GaussianOptions.GAUSSIAN),
            Entry.of("gaussian-mixture", "Mixture of normals, isotropic, diagonal or full; exact draws, normaliser and smoothing known.",
                    GaussianOptions::mixture, GaussianOptions.MIXTURE),
            Entry.of("empirical", "Kernel density estimate: weighted points, each with a normal around it; exact draws, normaliser and smoothing known.",
                    Empirical::build, Empirical.OPTIONS),
            Entry.of("funnel", "Neal's funnel, whose width changes along its first coordinate; exact draws and normaliser known.",
                    Funnel::build, Funnel.OPTIONS),
            Entry.of("banana", "A curved ridge in two dimensions; exact draws and normaliser known.", Banana::build, Banana.OPTIONS),
            Entry.of("double-well", "Two wells in every coordinate with a barrier between them; normaliser known.",
                    DoubleWell::build, DoubleWell.OPTIONS),
            Entry.of("posterior", "The posterior of a model given a table of data; its normaliser is the evidence.",
                    PosteriorProblem::build, PosteriorProblem.OPTIONS),
            Entry.of("logistic", "Bayesian logistic regression of a table whose last column is the label.", Benchmarks::logistic, Benchmarks.LOGISTIC),
            Entry.of("seeds", "Germination of seeds on 21 plates: random-effect logistic regression; a benchmark of annealed samplers.",
                    Benchmarks::seeds, Benchmarks.SEEDS),
            Entry.of("oring", "O-ring failures of the 23 launches before Challenger by temperature; normaliser known.",
                    Benchmarks::oring, Benchmarks.ORING),
            Entry.of("brownian", "Brownian motion and noise of unknown scales, some observations missing; a benchmark with a funnel.",
                    BrownianMotion::build, BrownianMotion.OPTIONS),
            Entry.of("lorenz", "A path of the stochastic Lorenz system, one coordinate observed with gaps; a stiff benchmark.",
                    LorenzBridge::build, LorenzBridge.OPTIONS),
            Entry.of("neuron", "The weights of one neuron rewarded for agreeing with residuals; not log-concave.", Neuron::build, Neuron.OPTIONS),
            Entry.of("product-signs", "Independent signs; exact draws and normaliser known.", Ising::product, Ising.PRODUCT),
            Entry.of("ising", "Coupled signs, on a square lattice or with given couplings; exact draws and normaliser up to 16 of them.",
                    Ising::build, Ising.OPTIONS),
            Entry.of("patterns", "Patterns of signs seen through Bernoulli noise; exact draws and normaliser known.",
                    Patterns::build, Patterns.OPTIONS));

    private Targets() {}
}
