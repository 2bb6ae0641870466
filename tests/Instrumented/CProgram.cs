using System.Collections.Concurrent;
using Tracing.Tests.Live;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>
/// Programs in C that record with schemas/virtio_trace.h, compiled once a test run. Where there is no C compiler the tests are
/// skipped; with TRACING_LIVE=required they fail.
/// </summary>
internal static class CProgram
{
    private static readonly string[] warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"];
    private static readonly DirectoryInfo folder = MakeFolder();
    private static readonly ConcurrentDictionary<string, Lazy<string>> programs = new(StringComparer.Ordinal);

    /// <summary>The pair under samples/instrumented.</summary>
    public static string Pair => Build("pair", "-std=gnu11", [.. Directory.GetFiles(Repository.PathOf("samples", "instrumented", "pair"), "*.c").Order()]);

    /// <summary>The device whose accessors are wrapped, under samples/instrumented.</summary>
    public static string Wrapped => Build("wrapped", "-std=gnu11", [Repository.PathOf("samples", "instrumented", "wrapped", "device.c")]);

    /// <summary>A program beside this file.</summary>
    public static string Of(string name) => Build(name, "-std=c11", [SourceOf(name)]);

    /// <summary>The path of a program's text beside this file.</summary>
    public static string SourceOf(string name) => Repository.PathOf("tests", "Instrumented", name + ".c");

    /// <summary>Builds a program of this text.</summary>
    public static string Of(string name, string text)
    {
        var source = Path.Combine(folder.FullName, name + ".c");
        File.WriteAllText(source, text);
        return Build(name, "-std=c11", [source]);
    }

    /// <summary>The instructions of a file's functions, a line each, without addresses, and each function's name in front.</summary>
    /// <param name="compiler">The compiler, by whose name the disassembler is found.</param>
    /// <param name="name">A program's text beside this file.</param>
    /// <param name="options">Options of the compiler.</param>
    public static IReadOnlyList<string> Disassemble(string compiler, string name, params string[] options)
    {
        Require(compiler);
        var target = Path.Combine(folder.FullName, $"{Guid.CreateVersion7():N}.o");
        Compile(compiler, ["-c", .. options, "-o", target, SourceOf(name)]);
        var (exit, output) = Tool.Run(compiler.Replace("gcc", "objdump", StringComparison.Ordinal), "-dr", "--no-show-raw-insn", target);
        Assert.Equal(0, exit);
        return [.. output.Split('\n')
            .Where(line => line.Contains('\t') || line.EndsWith(">:", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(line.Contains('\t') ? '\t' : ' ') + 1)..].Trim())];
    }

    /// <summary>Compiles, and asks for no warning.</summary>
    public static void Compile(string compiler, params string[] options)
    {
        Require(compiler);
        var (exit, output) = Tool.Run(compiler, [.. warnings, "-I", Repository.PathOf("schemas"), .. options]);
        Assert.True(exit == 0, output);
    }

    /// <summary>Runs a program to its end, which must be a good one; what it said.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (exit, output) = Tool.Run("timeout", ["120", program, .. arguments]);
        Assert.True(exit == 0, $"exit code {exit}: {output}");
        return output;
    }

    private static string Build(string name, string standard, string[] sources)
        => programs.GetOrAdd(name, _ => new Lazy<string>(() =>
        {
            var target = Path.Combine(folder.FullName, name);
            Compile("gcc", [standard, "-O2", "-o", target, .. sources, "-lpthread"]);
            return target;
        })).Value;

    private static void Require(string compiler)
    {
        if (Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(place => File.Exists(Path.Combine(place, compiler)))) return;
        Assert.False(compiler == "gcc" && Environment.GetEnvironmentVariable("TRACING_LIVE") == "required", "live tests are required: there is no gcc");
        Assert.Skip($"there is no {compiler}");
    }

    private static DirectoryInfo MakeFolder()
    {
        var made = Directory.CreateTempSubdirectory("tracing-c-programs-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Delete(recursive: true);
        return made;
    }
}
