using System.Globalization;
using DuckDB.NET.Data;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Reads what a file says of itself, and refuses what is no run of this schema.</summary>
internal static class RunReader
{
    private const int MaximumParts = 100_000;

    /// <summary>What a recorder writes of a run is some kilobytes; somebody else may write what takes all memory to read.</summary>
    private const long MaximumMetadata = 16 << 20;

    private static readonly byte[] magic = "PAR1"u8.ToArray();

    /// <summary>Opens files as parts of runs.</summary>
    /// <exception cref="InputException">A file is unreadable or not of the schema.</exception>
    public static IReadOnlyList<RunPart> Read(IReadOnlyList<string> files, CancellationToken token)
    {
        foreach (var file in files) CheckFrame(file);
        using var database = Database.Open(files, DatabaseLimits.Default);
        return [.. files.Select(file => ReadPart(database, file, token))];
    }

    /// <summary>A Parquet file begins and ends with its magic number: says what DuckDB would say less clearly.</summary>
    private static void CheckFrame(string file)
    {
        try
        {
            // Asked before it is opened: a pipe would wait for somebody to write into it.
            var info = new FileInfo(file);
            if ((info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
                throw new InputException($"{file}: the file is empty, or no file but a pipe or device; expected a Parquet file");
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var frame = new byte[8];
            if (stream.Length < 12 || stream.ReadAtLeast(frame.AsSpan(0, 4), 4, throwOnEndOfStream: false) < 4 || !frame.AsSpan(0, 4).SequenceEqual(magic))
                throw new InputException($"{file}: not a Parquet file (it does not begin with PAR1)");
            stream.Seek(-4, SeekOrigin.End);
            stream.ReadExactly(frame, 4, 4);
            if (!frame.AsSpan(4, 4).SequenceEqual(magic))
                throw new InputException($"{file}: the Parquet file is cut off or damaged (it does not end with PAR1)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: {exception.Message}", exception);
        }
    }

    private static RunPart ReadPart(Database database, string file, CancellationToken token)
    {
        try
        {
            var path = Sql.File(file);
            var length = database.Rows(
                $"select coalesce(sum(octet_length(key) + octet_length(value)), 0)::bigint from parquet_kv_metadata({path})", reader => reader.GetInt64(0), token)[0];
            if (length > MaximumMetadata) throw new InputException($"{file}: {length} bytes of metadata; expected at most {MaximumMetadata}");
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            database.Query(
                $"select decode(key), decode(value) from parquet_kv_metadata({path})",
                reader => metadata[reader.GetString(0)] = reader.IsDBNull(1) ? "" : reader.GetString(1),
                token);
            if (!RunFacts.TryParse(metadata, out var facts, out var reason)) throw new InputException($"{file}: {Printable.Line(reason!)}");
            if (Problem(facts) is { } problem) throw new InputException($"{file}: {Printable.Line(problem)}");
            CheckColumns(database, file, token);
            var rows = database.Rows($"select num_rows from parquet_file_metadata({path})", reader => reader.GetInt64(0), token)[0];
            return new RunPart(file, facts, (ulong)Math.Max(0, rows));
        }
        catch (DuckDBException exception)
        {
            throw new InputException($"{file}: the Parquet file cannot be read: {Printable.FirstLine(exception.Message)}", exception);
        }
    }

    private static void CheckColumns(Database database, string file, CancellationToken token)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        database.Query(
            $"describe select * from read_parquet({Sql.File(file)}, hive_partitioning = false)",
            reader => types[reader.GetString(0)] = reader.GetString(1),
            token);
        foreach (var column in Columns.All)
        {
            if (!types.TryGetValue(column.Name, out var type))
                throw new InputException($"{file}: the column {column.Name} ({column.SqlType}) is missing");
            if (type != column.SqlType)
                throw new InputException($"{file}: the column {column.Name} is {Printable.Line(type)}; expected {column.SqlType}");
        }
    }

    /// <summary>What metadata of the right shape can still get wrong.</summary>
    private static string? Problem(RunFacts facts)
    {
        if (facts.Parts is < 1 or > MaximumParts || facts.Part < 1 || facts.Part > facts.Parts)
            return $"part {facts.Part} of {facts.Parts} is no part of a run";
        if (facts.Sources is null || facts.SourceOrder is null || facts.Assumes is null || facts.RunId is null || facts.Profile is null)
            return "a metadata key has no value";
        if (facts.Sources.Any(source => source?.Name is null || source.Clock?.Name is null || source.Sees?.All(pattern => pattern is not null) != true))
            return "a source has no name, no clock, or does not say what it sees";
        if (facts.Sources.GroupBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return string.Create(CultureInfo.InvariantCulture, $"the source '{twice.Key}' is there {twice.Count()} times");
        if (facts.SourceOrder.Any(order => order?.First is null || order.Second is null || order.Order is null))
            return "an order between sources is incomplete";
        if (Texts(facts).FirstOrDefault(text => text?.Contains('\0') == true) is { } text) return $"'{text}' holds a zero character";
        return facts.Integrity is { } integrity ? Problem(integrity) : null;
    }

    private static string? Problem(Integrity integrity)
    {
        if (integrity.Columns is null) return "it has integrity sums of no columns";
        return integrity.Columns.FirstOrDefault(column => column.Value is null).Key is { } column
            ? $"the integrity sums of the column '{column}' are missing"
            : null;
    }

    /// <summary>The texts that become part of SQL, where a zero character would end the statement.</summary>
    private static IEnumerable<string?> Texts(RunFacts facts)
        => facts.Sources.SelectMany(source => source.Sees.Append(source.Name).Append(source.Clock.Name))
            .Concat(facts.SourceOrder.SelectMany(order => new[] { order.First, order.Second, order.Order }))
            .Concat(facts.Assumes);
}
