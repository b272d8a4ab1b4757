// What a .NET program costs that does nothing: what compare.sh compares with.
#:property PublishAot=false
Console.WriteLine("Hello");
