using System.Globalization;
using DuckDB.NET.Data;

namespace Tracing.Analysis.Checking;

/// <summary>An in-memory DuckDB instance of our own, locked as soon as its inputs are known.</summary>
internal sealed class Database : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly string? temporaryFolder;

    private Database(string? temporaryFolder) => this.temporaryFolder = temporaryFolder;

    /// <summary>Opens an instance for rows that are given as text: it can read no file at all.</summary>
    public static Database OpenEmpty() => Open([], DatabaseLimits.Example, keepsFileOrder: true);

    /// <summary>Opens an instance that can read <paramref name="inputs"/> and nothing else.</summary>
    public static Database Open(IReadOnlyList<string> inputs, DatabaseLimits limits, bool keepsFileOrder = false)
    {
        var folder = inputs.Count > 0 ? Directory.CreateTempSubdirectory("virtio-trace-").FullName : null;
        var database = new Database(folder);
        try
        {
            database.connection.Open();
            database.Execute($"""
                set autoinstall_known_extensions = false;
                set autoload_known_extensions = false;
                set threads = {limits.Threads};
                set memory_limit = {Sql.Text(string.Create(CultureInfo.InvariantCulture, $"{limits.MemoryMegabytes}MB"))};
                set temp_directory = {Sql.Text(folder ?? "")};
                set max_temp_directory_size = {Sql.Text(string.Create(CultureInfo.InvariantCulture, $"{limits.TemporaryMegabytes}MB"))};
                set preserve_insertion_order = {(keepsFileOrder ? "true" : "false")};
                set enable_progress_bar = false;
                set allowed_paths = {Sql.TextList(folder is null ? [] : Allowed(inputs, database.ScratchFile))};
                set enable_external_access = false;
                set lock_configuration = true;
                """);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The connection, for what this class has no method for.</summary>
    public DuckDBConnection Connection => connection;

    /// <summary>The one file that the instance may write; nobody else reads that folder, and it goes with the instance.</summary>
    public string ScratchFile => Path.Combine(temporaryFolder ?? throw new InvalidOperationException("This instance has no folder."), "rows");

    /// <summary>Runs statements for their effect.</summary>
    public void Execute(string sql, CancellationToken token = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Guarded(command, () => command.ExecuteNonQuery(), token);
    }

    /// <summary>Runs a query and gives each row to <paramref name="read"/>.</summary>
    public void Query(string sql, Action<DuckDBDataReader> read, CancellationToken token = default) => Stream(sql, _ => { }, read, token);

    /// <summary>Runs a query, shows its columns to <paramref name="begin"/> and each row to <paramref name="read"/>.</summary>
    public void Stream(string sql, Action<DuckDBDataReader> begin, Action<DuckDBDataReader> read, CancellationToken token)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        Guarded(command, () =>
        {
            using var reader = command.ExecuteReader();
            begin(reader);
            while (reader.Read())
            {
                token.ThrowIfCancellationRequested();
                read(reader);
            }

            return 0;
        }, token);
    }

    /// <summary>The rows of a query.</summary>
    public List<T> Rows<T>(string sql, Func<DuckDBDataReader, T> read, CancellationToken token = default)
    {
        var rows = new List<T>();
        Query(sql, reader => rows.Add(read(reader)), token);
        return rows;
    }

    /// <summary>The one number that a query gives.</summary>
    public ulong Count(string sql, CancellationToken token) => (ulong)Rows(sql, reader => reader.GetInt64(0), token)[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        if (temporaryFolder is null) return;
        try
        {
            Directory.Delete(temporaryFolder, recursive: true);
        }
        catch (IOException)
        {
            // The system's own cleaning of its temporary folder removes what is left.
        }
    }

    /// <summary>DuckDB asks for the pattern by which a file is named, and for the file that it finds by it.</summary>
    private static IEnumerable<string> Allowed(IReadOnlyList<string> inputs, string scratch)
        => inputs.SelectMany(input => new[] { Path.GetFullPath(input), Sql.PatternOf(input) }).Append(scratch).Distinct(StringComparer.Ordinal);

    private static void Guarded<T>(DuckDBCommand command, Func<T> run, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var registration = token.Register(command.Cancel);
        try
        {
            run();
        }
        catch (DuckDBException) when (token.IsCancellationRequested)
        {
            throw new OperationCanceledException(token);
        }
    }
}

/// <summary>What an instance may use.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="MemoryMegabytes">Memory before it spills.</param>
/// <param name="TemporaryMegabytes">Disk for what it spills.</param>
internal sealed record DatabaseLimits(int Threads, int MemoryMegabytes, int TemporaryMegabytes)
{
    /// <summary>
    /// All processors but no more than 8 (more do not help these queries); 4 GiB or half of what the machine has if
    /// that is less, which is what 100 M events may take.
    /// </summary>
    public static DatabaseLimits Default { get; } = new(
        Math.Clamp(Environment.ProcessorCount, 1, 8),
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 >> 20, 256, 4096),
        TemporaryMegabytes: 65536);

    /// <summary>For text from outside: half of that, and little disk.</summary>
    public static DatabaseLimits Outside { get; } = Default with { MemoryMegabytes = Math.Max(256, Default.MemoryMegabytes / 2), TemporaryMegabytes = 4096 };

    /// <summary>For the examples, which are tiny and many.</summary>
    public static DatabaseLimits Example { get; } = new(Threads: 1, MemoryMegabytes: 512, TemporaryMegabytes: 0);
}
