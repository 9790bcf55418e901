Attribute VB_Name = "PerfStart"
Option Explicit

' What happens when Excel opens the add-in, and what a button of the ribbon does.

Private Const DOCTOR As String = "perf-addin addin doctor"
Private Const TITLE As String = "Performance"

' Run once Excel has finished starting: help for the function wizard, and a look at the set-up.
Public Sub StartUp()
    Dim trouble As String
    DescribeFunctions
    trouble = SetUpTrouble()
    If trouble <> "" And Application.Visible Then MsgBox trouble, vbExclamation, TITLE
End Sub

' Says in the function wizard what a function and its arguments are. Excel refuses this for a
' hidden workbook in some versions, so it is shown for that moment.
Public Sub Describe(ByVal name As String, ByVal category As String, ByVal summary As String, ByVal arguments As Variant)
    On Error GoTo Hidden
    Application.MacroOptions Macro:=MacroName(name), Description:=summary, Category:=category, ArgumentDescriptions:=arguments
    Exit Sub
Hidden:
    Resume Shown
Shown:
    On Error GoTo Failed
    ThisWorkbook.IsAddin = False
    Application.MacroOptions Macro:=MacroName(name), Description:=summary, Category:=category, ArgumentDescriptions:=arguments
Failed:
    If Err.Number <> 0 Then Debug.Print "No help for " & name & ": " & Err.Description
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
End Sub

Private Function MacroName(ByVal name As String) As String
    MacroName = "'" & ThisWorkbook.Name & "'!" & name
End Function

' A button of the ribbon: what it does is Python's business.
Public Sub Press(ByVal buttonId As String)
    Dim trouble As String
    Dim server As Object
    trouble = SetUpTrouble()
    If trouble = "" And buttonId = HELP_BUTTON Then
        If LastRefusal() <> "" Then MsgBox "The last function that could not be answered: " & LastRefusal(), vbInformation, TITLE
    End If
    If trouble = "" And ActiveWorkbook Is Nothing Then
        trouble = "No workbook is open that can be changed. Open a performance index; if it is in Protected View, choose Enable Editing."
    End If
    If trouble <> "" Then
        MsgBox trouble, vbExclamation, TITLE
        Exit Sub
    End If
    On Error GoTo Failed
    Set server = PythonServer()
    server.SetAttr server.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    server.Exec "import " & PYTHON_BUTTONS & " as d; d.dispatch('" & buttonId & "')"
    Exit Sub
Failed:
    MsgBox Err.Description, vbExclamation, TITLE
End Sub

' Excel's own Undo, after a press; its name is known to Python.
Public Sub PerfUndo()
    Press UNDO_BUTTON
End Sub

' What is wrong with the set-up and what to do, or "" where nothing is: is the interpreter there
' that the installer wrote down, and beside it the DLL of this add-in's version of xlwings?
Private Function SetUpTrouble() As String
    Dim interpreter As String
    Dim folder As String
    interpreter = GetConfig("INTERPRETER_WIN", "")
    If interpreter = "" Then
        SetUpTrouble = "The Performance add-in is not set up for you. Run: perf-addin addin install"
    ElseIf Not IsFile(interpreter) Then
        SetUpTrouble = "The Performance add-in's Python is not where it was: " & interpreter & vbCrLf & "Run: perf-addin addin install"
    Else
        folder = FolderOf(interpreter)
        If Not IsFile(folder & "\" & DllName()) And Not IsFile(FolderOf(folder) & "\" & DllName()) Then
            SetUpTrouble = DllName() & " was not found beside the Performance add-in's Python, " & interpreter & vbCrLf & "Run: " & DOCTOR
        End If
    End If
End Function

Private Function DllName() As String
    #If Win64 Then
        DllName = "xlwings64-" & XLWINGS_VERSION & ".dll"
    #Else
        DllName = "xlwings32-" & XLWINGS_VERSION & ".dll"
    #End If
End Function

Private Function FolderOf(ByVal path As String) As String
    Dim last As Long
    last = InStrRev(path, "\")
    If last > 1 Then FolderOf = Left$(path, last - 1)
End Function

Private Function IsFile(ByVal path As String) As Boolean
    On Error Resume Next
    IsFile = (GetAttr(path) And vbDirectory) = 0
End Function
