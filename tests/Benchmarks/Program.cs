using Tracing.Benchmarks;

// Each measurement stands beside its yardstick in the same run: quote ratios, not times. Names select; none = all.
// "open-duckdb" is the yardstick of small-check, started by it as a process of its own.
if (args is ["open-duckdb"]) return SmallCheck.OpenAndExit();

(string Name, Func<IEnumerable<Row>> Measure)[] all =
[
    ("event", EventCost.Measure),
    ("header", HeaderCost.Measure),
    ("mirror", MirrorCost.Measure),
    ("sealing", Sealing.Measure),
    ("catalogue", Catalogue.Measure),
    ("small-check", SmallCheck.Measure),
];

if (args.FirstOrDefault(name => all.All(known => known.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"no measurement '{unknown}'; there are: {string.Join(", ", all.Select(known => known.Name))}");
    return 2;
}

Console.WriteLine("| what | measured | yardstick | ratio | target |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var (name, measure) in all)
{
    if (args.Length > 0 && !args.Contains(name)) continue;
    foreach (var row in measure()) Console.WriteLine(row);
}

return 0;
