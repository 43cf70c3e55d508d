package io.driftwood.inference.variational;

import java.util.EnumMap;
import java.util.Map;

/** Where each part is in the vector of parameters of paths in d dimensions. */
final class Layout {

    final int dimension;
    private final Map<Section, Integer> lengths;
    private final Map<Section, Integer> offsets = new EnumMap<>(Section.class);
    private final int total;

    private Layout(int dimension, Map<Section, Integer> lengths) {
        this.dimension = dimension;
        this.lengths = lengths;
        int at = 0;
        for (Map.Entry<Section, Integer> entry : lengths.entrySet()) {
            offsets.put(entry.getKey(), at);
            at += entry.getValue();
        }
        this.total = at;
    }

    /** Step, friction, increments and a diagonal start. */
    static Layout plain(int dimension, int increments) {
        Map<Section, Integer> lengths = new EnumMap<>(Section.class);
        lengths.putAll(Map.of(Section.STEP, 1, Section.FRICTION, 1, Section.INCREMENTS, increments, Section.MEAN, dimension, Section.LOG_SD, dimension));
        return new Layout(dimension, lengths);
    }

    Layout with(Section section, int length) {
        Map<Section, Integer> more = new EnumMap<>(lengths);
        more.put(section, length);
        return new Layout(dimension, more);
    }

    boolean has(Section section) { return lengths.containsKey(section); }

    int offset(Section section) { return offsets.get(section); }

    int length(Section section) { return lengths.getOrDefault(section, 0); }

    int total() { return total; }

    /** The sections in their order. */
    Iterable<Section> sections() { return lengths.keySet(); }

    boolean matches(Layout other) { return dimension == other.dimension && lengths.equals(other.lengths); }

    @Override
    public String toString() { return dimension + " dimensions and " + length(Section.INCREMENTS) + " increments, " + lengths; }
}
