package dev.storewatch.setting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A check that refuses settings of the product that nobody reads, wherever they are set: a mistyped
 * name would change nothing, and nobody would notice.
 */
public final class KnownSettings implements SmartInitializingSingleton {
  private static final String PREFIX = "storewatch.";

  private final ConfigurableApplicationContext context;
  private final SortedSet<String> names = new TreeSet<>();

  /** A check against the settings of the classes that hold settings. */
  public KnownSettings(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Checks all settings, when everything else is made and nobody is served yet.
   *
   * @throws BadSetting if one of them is not known
   */
  @Override
  public void afterSingletonsInstantiated() {
    for (ConfigurationPropertiesBean bean : ConfigurationPropertiesBean.getAll(context).values()) {
      String prefix = bean.getAnnotation().prefix();
      if ((prefix + ".").startsWith(PREFIX)) {
        addNames(
            prefix,
            ResolvableType.forClass(
                Objects.requireNonNull(bean.asBindTarget().getType().resolve())));
      }
    }
    for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> named) {
        List<String> prefixes =
            source instanceof SystemEnvironmentPropertySource ? groups() : List.of(PREFIX);
        Stream.of(named.getPropertyNames()).forEach(name -> check(name, prefixes));
      }
    }
  }

  /**
   * Returns the beginnings of settings that are in a group. Other names do not count in the
   * environment, because systems that run programs set names such as {@code
   * STOREWATCH_SERVICE_HOST} there.
   */
  private List<String> groups() {
    return names.stream()
        .map(name -> name.split("\\.", -1))
        .filter(parts -> parts.length > 2)
        .map(parts -> parts[0] + "." + parts[1] + ".")
        .distinct()
        .toList();
  }

  private void check(String name, List<String> prefixes) {
    String plain = plain(name);
    if (prefixes.stream().anyMatch(prefix -> plain.startsWith(plain(prefix))) && !isKnown(plain)) {
      throw new BadSetting(
          "there is no setting %s: there are %s".formatted(name, String.join(", ", names)), null);
    }
  }

  private void addNames(String name, ResolvableType type) {
    Class<?> raw = type.resolve(Object.class);
    if (raw.isRecord()) {
      for (var component : raw.getRecordComponents()) {
        addNames(
            name + "." + dashed(component.getName()),
            ResolvableType.forType(component.getGenericType()));
      }
    } else {
      names.add(Map.class.isAssignableFrom(raw) ? name + ".*" : name);
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Returns whether a setting is known. The elements of a list have a number at the end. */
  private boolean isKnown(String plain) {
    return names.stream()
        .anyMatch(
            name ->
                name.endsWith(".*")
                    ? plain.startsWith(plain(name))
                    : plain.replaceAll("\\d+$", "").equals(plain(name)));
  }

  /** Returns a name in a form that is the same for every way of writing it. */
  private static String plain(String name) {
    return name.chars()
        .filter(Character::isLetterOrDigit)
        .mapToObj(letter -> String.valueOf((char) Character.toLowerCase(letter)))
        .collect(Collectors.joining());
  }
}
